import { dirname } from "node:path";
import {
  type ContractSkeleton,
  contractSkeletons,
  unservedStories,
} from "../authoring/contracts/contract-skeletons.ts";
import { pathBelow } from "../node/setup/safe-path.ts";
import { makeFolder, writeFirst } from "../node/write-file.ts";
import { renderSkeletonText, type SkeletonReport } from "../render/skeleton-text.ts";
import type { ExitCode, Io, Options } from "./command.ts";
import type { OpenWorkspace } from "./open-workspace.ts";

/** Writes the contracts that specifications ask for and that are not there; what stands is never touched. */
export function writeContracts(
  { read: { root, workspace } }: OpenWorkspace,
  service: { readonly name: string; readonly dir: string },
  options: Options,
  io: Io,
): ExitCode {
  const skeletons = contractSkeletons(service, workspace);
  const onlyPrints = options.stdout === true;
  const own = workspace.services.find(({ name }) => name === service.name);
  const report: SkeletonReport = {
    service: service.name,
    hasApi: (own?.apis.length ?? 0) > 0,
    contracts: skeletons.map((skeleton) => ({
      file: skeleton.file,
      kind: skeleton.kind,
      outcome: onlyPrints ? "printed" : writeIfMissing(root, skeleton) ? "written" : "kept",
      questions: skeleton.text.split("[NEEDS CLARIFICATION").length - 1,
    })),
    unserved: unservedStories(service, workspace).map(({ id, title }) => ({ id, title })),
    flag: options.service === undefined ? "" : ` --service=${service.name}`,
  };
  if (options.json === true) io.write(jsonOf(report, skeletons, onlyPrints));
  else if (onlyPrints) io.write(skeletons.map(({ file, text }) => `# ${file}\n${text}`).join("\n"));
  else io.write(renderSkeletonText(report, io));
  return 0;
}

/** False when somebody wrote the file meanwhile. */
function writeIfMissing(root: string, { file, text }: ContractSkeleton): boolean {
  const path = pathBelow(root, file);
  makeFolder(dirname(path));
  return writeFirst(path, text);
}

function jsonOf(
  { service, contracts, unserved }: SkeletonReport,
  skeletons: readonly ContractSkeleton[],
  withText: boolean,
): string {
  const json = {
    schemaVersion: 1,
    command: "plan",
    service,
    contracts: contracts.map((contract, index) => ({
      ...contract,
      text: withText ? skeletons[index]?.text : undefined,
    })),
    unserved,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}
