import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { toFindings } from "../check-workspace.ts";
import { defaultConfig } from "../model/config.ts";
import type { Finding } from "../model/finding.ts";
import { readCallableOperations, readDescribedEvents } from "../parse/callable-operations.ts";
import { createLocate } from "../parse/locate.ts";
import type { RecordedEvent } from "../verify/events.ts";
import { judgeEvents } from "../verify/judge-events.ts";
import { FileReader } from "./file-reader.ts";
import { recordedEvents } from "./recorded-events.ts";
import { type VerifiedOperation, type VerifyOptions, verifyOperations } from "./verify-operations.ts";

/** What a test gets to know of a service. */
export interface Verification {
  /** No finding is an error. */
  readonly ok: boolean;
  /** By file, line and rule; `location.file` as the contract was named. */
  readonly findings: readonly Finding[];
  /** In the order in which they were called. */
  readonly operations: readonly VerifiedOperation[];
}

/**
 * Holds a running service against its OpenAPI contract, for tests: `expect((await verifyService({ contract, url })).findings).toEqual([])`.
 * `contract` is the path of the file.
 * @throws ServerUnreachable when nobody is there, UnknownOperation, Error when the contract cannot be read
 */
export async function verifyService({
  contract,
  ...options
}: VerifyOptions & { readonly contract: string }): Promise<Verification> {
  const reader = new FileReader();
  const file = resolve(contract);
  const operations = readCallableOperations({ file, value: documentAt(reader, file) }, (name) =>
    reader.valueOf(name),
  );
  const verified = await verifyOperations(operations, options);
  const findings = findingsOf(
    reader,
    verified.flatMap(({ verdicts }) => verdicts),
  );
  return { ok: isOk(findings), findings, operations: verified };
}

/**
 * Holds recorded events against event contracts: files with `{ "events": [ … ] }`. `events` are the events themselves, or the path of a file with a JSON
 * array or one event a line.
 * @throws RecordingUnreadable, Error when a contract cannot be read
 */
export function verifyEvents({
  contracts,
  events,
}: {
  readonly contracts: readonly string[];
  readonly events: readonly unknown[] | string;
}): Omit<Verification, "operations"> {
  const reader = new FileReader();
  const described = contracts.flatMap((contract) => {
    const file = resolve(contract);
    return readDescribedEvents({ file, value: documentAt(reader, file) }, (name) => reader.valueOf(name));
  });
  const findings = findingsOf(
    reader,
    judgeEvents(
      typeof events === "string"
        ? recordedEvents(events, readFileSync(events, "utf8"))
        : events.map(asRecorded),
      described,
    ),
  );
  return { ok: isOk(findings), findings };
}

/** Events that a test holds stand nowhere: the place says which of them it is. */
function asRecorded(value: unknown, index: number): RecordedEvent {
  return { value, at: { file: "events", line: index + 1, column: 1 } };
}

function documentAt(reader: FileReader, file: string): unknown {
  const value = reader.valueOf(file);
  if (value !== undefined) return value;
  throw new Error(reader.problemsOf(file)[0]?.message ?? `${file} cannot be read.`);
}

function findingsOf(reader: FileReader, verdicts: Parameters<typeof toFindings>[1]): Finding[] {
  const { locate } = createLocate(
    (file) => reader.textOf(file),
    () => undefined,
  );
  return toFindings({ services: [], config: defaultConfig }, verdicts, locate);
}

function isOk(findings: readonly Finding[]): boolean {
  return !findings.some(({ severity }) => severity === "error");
}
