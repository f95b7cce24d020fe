import type { Verified } from "./report.ts";

/** What a run of `verify` came to, for one operation. */
export interface OperationSummary {
  readonly method: string;
  readonly path: string;
  readonly operationId: string | undefined;
  readonly accepted: number;
  readonly refused: number;
  readonly turnedAway: number;
  /** Why not all requests were sent: `writes`, `credentials`, `no-request`, `method`, `rate`, `gone`. */
  readonly withheld: string | undefined;
  /** Nothing was found that fails. */
  readonly ok: boolean;
}

/** A line for each operation that was called, and whether it keeps its contract. */
export function verifyLines(operations: readonly OperationSummary[]): Verified[] {
  return operations
    .filter(({ accepted, refused, turnedAway }) => accepted + refused + turnedAway > 0)
    .map((operation) => ({
      holds: `${operation.method} ${operation.path}: ${counts(operation)}`,
      ok: operation.ok,
    }));
}

function counts({ accepted, refused, turnedAway }: OperationSummary): string {
  const parts = [
    ...(accepted > 0 ? [`${requests(accepted)} accepted`] : []),
    ...(refused > 0 ? [`${accepted > 0 ? refused : requests(refused)} refused as described`] : []),
    ...(turnedAway > 0 ? [`${turnedAway} invalid turned away`] : []),
  ];
  return parts.join(", ");
}

function requests(count: number): string {
  return count === 1 ? "1 request" : `${count} requests`;
}

const reasons: Readonly<Record<string, (names: string, count: number, host: string) => string>> = {
  writes: (names, count, host) =>
    `${those(count)} not called, since only GET and HEAD are sent beyond this machine: ${names}. \`--allow-writes ${host}\` sends the others too.`,
  credentials: (names, count) =>
    `${those(count)} only called without credentials, since none were given: ${names}. \`--token-env VARIABLE\` says where a token is.`,
  "no-request": (names, count) =>
    `${those(count)} not called, since no valid request could be made up: ${names}. An example in the contract, or \`--set NAME=VALUE\`, helps.`,
  method: (names, count) => `${those(count)} not called, since clients do not send such requests: ${names}.`,
  rate: (names, count) =>
    `${those(count)} called less than planned, since the service limits requests: ${names}.`,
  gone: (names, count) =>
    `${those(count)} not called to the end, since the service stopped answering: ${names}.`,
};

/** What was not done, and why. */
export function verifyNotes(operations: readonly OperationSummary[], host: string): string[] {
  const withheld = Object.entries(reasons).flatMap(([reason, say]) => {
    const group = operations.filter((operation) => operation.withheld === reason);
    return group.length === 0 ? [] : [say(listing(group), group.length, host)];
  });
  const unreached = operations.filter(
    ({ accepted, refused, withheld: reason }) => accepted === 0 && refused > 0 && reason === undefined,
  );
  if (unreached.length === 0) return withheld;
  const advice =
    "`--set NAME=VALUE` names what exists, so that their answers can be held against the contract.";
  return [
    ...withheld,
    `${those(unreached.length)} called and accepted nothing: ${listing(unreached)}. ${advice}`,
  ];
}

function those(count: number): string {
  return count === 1 ? "1 operation was" : `${count} operations were`;
}

const MOST_LISTED = 5;

function listing(operations: readonly OperationSummary[]): string {
  const names = operations.map(({ method, path }) => `${method} ${path}`);
  const rest = names.length - MOST_LISTED;
  return `${names.slice(0, MOST_LISTED).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
