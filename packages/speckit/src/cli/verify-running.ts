import { listing } from "../checks/listing.ts";
import type { Finding } from "../model/finding.ts";
import type { Service } from "../model/workspace.ts";
import { ServerUnreachable } from "../node/send.ts";
import { UnknownOperation, type VerifiedOperation, verifyOperations } from "../node/verify-operations.ts";
import { readCallableOperations } from "../parse/callable-operations.ts";
import { type OperationSummary, verifyLines, verifyNotes } from "../render/verify-lines.ts";
import { closestName } from "./closest-name.ts";
import { type Io, type Options, UsageError } from "./command.ts";
import type { OpenWorkspace } from "./open-workspace.ts";
import {
  headersGiven,
  numberGiven,
  textsGiven,
  tokenGiven,
  urlGiven,
  valuesGiven,
} from "./verify-options.ts";
import { draftFor, found, nextFor, type VerifyOutcome } from "./verify-outcome.ts";

/** Calls the service that runs at --url and says what it answered. */
export async function verifyRunning(opened: OpenWorkspace, options: Options, io: Io): Promise<VerifyOutcome> {
  const { read } = opened;
  const service = serviceOf(opened);
  const url = urlGiven(options);
  const operations = service.apis.flatMap(({ file }) =>
    readCallableOperations({ file, value: read.valueOf(file) }, read.valueOf),
  );
  const headers = headersGiven(options);
  const named = textsGiven(options, "operation");
  const verified = await verifyOperations(operations, {
    url: url.href,
    token: tokenGiven(options, io),
    headersFor: () => headers,
    values: valuesGiven(options),
    operations: named.length > 0 ? named : undefined,
    seed: numberGiven(options, "seed", 1, 0),
    allowWrites: textsGiven(options, "allowWrites"),
    timeoutMs: numberGiven(options, "timeout", 10_000, 1),
    concurrency: numberGiven(options, "concurrency", 4, 1),
  }).catch((error: unknown) => {
    if (error instanceof ServerUnreachable) throw new UsageError(error.message);
    if (error instanceof UnknownOperation)
      throw new UsageError(unknownOperation(error.message, service, operations));
    throw error;
  });
  const findings = found(
    verified.flatMap(({ verdicts }) => verdicts),
    read,
    service,
  );
  const called = verified.filter(
    ({ accepted, refused, turnedAway, verdicts }) => accepted + refused + turnedAway + verdicts.length > 0,
  );
  if (called.length === 0 && verified.length > 0 && findings.length === 0)
    throw new UsageError(
      `Nothing was sent. ${verifyNotes(
        verified.map((one) => summary(one, true)),
        url.host,
      ).join(" ")}`,
    );
  const summaries = (left: readonly Finding[]) => verified.map((one) => summary(one, keeps(one, left)));
  const files = service.apis.map(({ file }) => file);
  return {
    findings,
    draft: {
      ...draftFor([service], files),
      operations: summaries(findings),
      notes: verifyNotes(summaries(findings), url.host),
      next: nextFor(findings, `speckit validate-contracts --service=${service.name}`),
      verifiedBy: (left) => verifyLines(summaries(left)),
    },
  };
}

/** The service that is meant: named, stood in, or the only one. */
function serviceOf({ read: { workspace }, scope }: OpenWorkspace): Service {
  const withApi = workspace.services.filter(({ apis }) => apis.length > 0);
  const chosen = scope.kind === "all" ? (withApi.length === 1 ? withApi[0] : undefined) : scope.service;
  if (!chosen)
    throw new UsageError(
      withApi.length === 0
        ? "No service here has an OpenAPI contract to hold a running one against."
        : `--service says which service runs there. There are: ${listing(
            withApi.map(({ name }) => name),
            10,
          )}.`,
    );
  if (chosen.apis.length === 0)
    throw new UsageError(`${chosen.name} has no OpenAPI contract to hold a running service against.`);
  return chosen;
}

/** Whether none of the findings that are left, and fail, is about the operation. */
function keeps({ verdicts }: VerifiedOperation, left: readonly Finding[]): boolean {
  return !left.some(
    ({ rule, message, severity }) =>
      severity !== "info" && verdicts.some((one) => one.rule.id === rule && one.report.message === message),
  );
}

function summary(
  { operation, accepted, refused, turnedAway, withheld }: VerifiedOperation,
  ok: boolean,
): OperationSummary {
  const { method, path, operationId } = operation;
  return { method, path, operationId, accepted, refused, turnedAway, withheld, ok };
}

function unknownOperation(
  name: string,
  service: Service,
  operations: readonly VerifiedOperation["operation"][],
): string {
  const known = operations.flatMap(({ operationId, method, path }) => [
    ...(operationId ? [operationId] : []),
    `${method} ${path}`,
  ]);
  const nearest = closestName(name, known);
  const hint = nearest === undefined ? `There are: ${listing(known, 10)}.` : `Did you mean '${nearest}'?`;
  return `${service.name} has no operation '${name}'. ${hint}`;
}
