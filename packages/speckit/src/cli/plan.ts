import { posix } from "node:path";
import type { Command } from "./command.ts";
import { featureTarget } from "./feature-target.ts";
import { openWorkspace } from "./open-workspace.ts";
import { unaskedOperations } from "./unasked-operations.ts";
import { writeContracts } from "./write-contracts.ts";
import { draftOptions, writeDraft } from "./write-draft.ts";

export const plan: Command = {
  name: "plan",
  summary: "How a specification is built: plan.md from spec, constitution and contracts",
  options: [
    ...draftOptions,
    ["--contracts", "write skeletons of the contracts that the spec asks for and that are not there"],
  ],
  examples: [
    "speckit plan --contracts",
    "speckit plan",
    "speckit plan --service=user-service --stdout",
    "speckit plan --json",
  ],

  async run(_, options, io) {
    const opened = openWorkspace(options, io);
    const { read } = opened;
    const { service, feature } = featureTarget(opened, "plan");
    const { workspace } = read;
    read.save();
    if (options.contracts === true) return writeContracts(opened, service, options, io);
    const file = posix.join(feature.dir, "plan.md");
    const assignment = { kind: "plan", file, workspace, service, feature, prompt: "" } as const;
    const unasked = unaskedOperations(read.root, assignment);
    const next = `speckit tasks${options.service === undefined ? "" : ` --service=${service.name}`}`;
    return (await writeDraft({ command: "plan", opened, assignment, next, unasked }, options, io)).code;
  },
};
