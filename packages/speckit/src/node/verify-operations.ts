import type { CallableOperation } from "../model/callable-operation.ts";
import { type Exchange, isAccepted, wasAnswered } from "../verify/exchange.ts";
import { type AnswerVerdict, judgeExchanges } from "../verify/judge.ts";
import { type CalledOperation, callOperations, type Withheld } from "./call-operations.ts";
import { type Send, sendTo } from "./send.ts";
import { writesAllowed } from "./writes-allowed.ts";

/** How a running service is held against its contract. */
export interface VerifyOptions {
  /** Where it is: `http://127.0.0.1:3000`. A path in it takes the place of what the contract's servers say. Not needed with `send`. */
  readonly url?: string | undefined;
  /** A token, a key, or `name:password`; goes where the contract wants credentials. */
  readonly token?: string | undefined;
  /** Headers of one's own for an operation, credentials among them. */
  readonly headersFor?: ((operation: CallableOperation) => Readonly<Record<string, string>>) | undefined;
  /** Values that exist there, by the names of parameters and properties: `{ orderId: "…" }`; `getOrder.orderId` counts for one operation. */
  readonly values?: Readonly<Record<string, unknown>> | undefined;
  /** Only these, by operationId or `POST /api/v1/orders`. */
  readonly operations?: readonly string[] | undefined;
  /** The same seed makes the same requests. */
  readonly seed?: string | number | undefined;
  /** Hosts beyond this machine that may be sent more than GET and HEAD. */
  readonly allowWrites?: readonly string[] | undefined;
  readonly timeoutMs?: number | undefined;
  readonly concurrency?: number | undefined;
  /** Instead of the network: how a request gets to the service, `app.inject` for example. */
  readonly send?: Send | undefined;
}

/** What was seen of one operation. Counts are of requests. */
export interface VerifiedOperation {
  readonly operation: CallableOperation;
  /** Valid ones that came to a 2xx or 3xx. */
  readonly accepted: number;
  /** Valid ones that were refused, for what there is or who asked. */
  readonly refused: number;
  /** Invalid ones that were refused, as they must be. */
  readonly turnedAway: number;
  readonly withheld: Withheld | undefined;
  readonly verdicts: readonly AnswerVerdict[];
}

/** Operations that were asked for and that no contract has. */
export class UnknownOperation extends Error {}

/**
 * Sends each operation the requests that its contract calls for and judges the answers.
 * @throws ServerUnreachable when nobody is there; UnknownOperation
 */
export async function verifyOperations(
  operations: readonly CallableOperation[],
  options: VerifyOptions,
): Promise<VerifiedOperation[]> {
  const {
    url,
    send,
    seed = 1,
    timeoutMs = 10_000,
    concurrency = 4,
    values = {},
    token,
    headersFor,
  } = options;
  const address = url === undefined ? undefined : new URL(url);
  if (!address && !send) throw new TypeError("verify needs an address: give url, or send.");
  const called = await callOperations(chosen(operations, options.operations, address), {
    send: send ?? sendTo(address ?? new URL("http://127.0.0.1"), timeoutMs),
    token,
    headersFor,
    values,
    seed,
    concurrency,
    writes: address === undefined || writesAllowed(address, options.allowWrites ?? []),
  });
  return called.map(verified);
}

function chosen(
  operations: readonly CallableOperation[],
  names: readonly string[] | undefined,
  address: URL | undefined,
): CallableOperation[] {
  const isNamed = ({ operationId, method, path }: CallableOperation, name: string) =>
    name === operationId || name === `${method} ${path}`;
  const unknown = names?.find((name) => !operations.some((operation) => isNamed(operation, name)));
  if (unknown !== undefined) throw new UnknownOperation(unknown);
  const hasOwnBase = address !== undefined && address.pathname !== "/";
  return operations
    .filter((operation) => !names || names.some((name) => isNamed(operation, name)))
    .map((operation) => (hasOwnBase ? { ...operation, basePath: "" } : operation));
}

function verified({ operation, exchanges, withheld }: CalledOperation): VerifiedOperation {
  const valid = exchanges.filter(({ request }) => request?.kind !== "invalid");
  const isTaken = ({ answer }: Exchange) =>
    isAccepted(answer) || (wasAnswered(answer) && answer.status < 400);
  const isRefused = ({ answer }: Exchange) =>
    wasAnswered(answer) && answer.status >= 400 && answer.status < 500;
  return {
    operation,
    accepted: valid.filter(isTaken).length,
    refused: valid.filter(isRefused).length,
    turnedAway: exchanges.filter((exchange) => !valid.includes(exchange) && isRefused(exchange)).length,
    withheld,
    verdicts: judgeExchanges(exchanges),
  };
}
