import { readFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { RecordingUnreadable, recordedEvents } from "../node/recorded-events.ts";
import { readDescribedEvents } from "../parse/callable-operations.ts";
import { judgeEvents } from "../verify/judge-events.ts";
import { type Io, UsageError } from "./command.ts";
import type { OpenWorkspace } from "./open-workspace.ts";
import { draftFor, found, nextFor, type VerifyOutcome } from "./verify-outcome.ts";

/** Holds recorded events against the event contracts of the services in scope. */
export function verifyRecorded({ read, scope }: OpenWorkspace, named: string, io: Io): VerifyOutcome {
  const path = resolve(io.cwd, named);
  const file = relative(read.root, path).split(sep).join("/");
  const services =
    scope.kind === "all" ? read.workspace.services : scope.service === undefined ? [] : [scope.service];
  const contracts = [
    ...services.flatMap(({ eventContracts }) => eventContracts),
    ...read.workspace.sharedContracts.filter((contract) => contract.kind === "events"),
  ].map((contract) => contract.file);
  const described = contracts.flatMap((contract) =>
    readDescribedEvents({ file: contract, value: read.valueOf(contract) }, read.valueOf),
  );
  const recorded = readRecording(path, file.startsWith("..") ? named : file, named);
  const findings = found(judgeEvents(recorded, described), read, undefined);
  const count = recorded.length === 1 ? "1 recorded event is" : `${recorded.length} recorded events are`;
  return {
    findings,
    draft: {
      ...draftFor(services, contracts),
      notes: recorded.length === 0 ? [`${named} holds no events.`] : [],
      next: nextFor(findings, "speckit validate-contracts --events-only"),
      verifiedBy: (left) =>
        recorded.length === 0
          ? []
          : [
              {
                holds: `${count} as the contracts say`,
                ok: left.every(({ severity }) => severity === "info"),
              },
            ],
    },
  };
}

function readRecording(path: string, file: string, named: string) {
  try {
    return recordedEvents(file, readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof RecordingUnreadable) throw new UsageError(error.message);
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UsageError(
      code === "ENOENT" ? `There is no file ${named}.` : `${named} cannot be read: ${code}.`,
    );
  }
}
