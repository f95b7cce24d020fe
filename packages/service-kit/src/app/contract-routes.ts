import type { FastifyInstance, HTTPMethods, onRequestHookHandler, preValidationHookHandler } from "fastify";
import type { TokenCheck } from "../client/token-check.ts";
import { within } from "../client/within.ts";
import type { Contract, Operation } from "../contract/contract.ts";
import { type StyleReaders, styleReaders } from "../contract/parameter-styles.ts";
import { requestSchemasOf } from "../contract/request-schemas.ts";
import { routeUrl } from "../contract/route-url.ts";
import { correlation } from "../telemetry/correlation.ts";
import { acceptBody, askCredentials, authenticate, type CredentialCheck } from "./guard.ts";
import type { Handler, Handlers } from "./handler.ts";
import { stateOf } from "./request-state.ts";
import { createValidatorCompiler } from "./validation.ts";

/** The handlers of a service are not those that its contract names. */
export class ContractMismatch extends Error {
  override readonly name = "ContractMismatch";
}

export interface RouteParts {
  readonly contract: Contract;
  readonly handlers: Handlers;
  readonly checkToken: TokenCheck | undefined;
  readonly checkCredentials: CredentialCheck | undefined;
  /** What a handler may take, in milliseconds. */
  readonly handlerLimitMs: number;
}

/**
 * Gives the app a route for each operation of the contract, validated by the schemas of the contract.
 * Throws `ContractMismatch` unless handlers and operations have the same names and somebody can judge tokens where they are asked for.
 */
export function addContractRoutes(app: FastifyInstance, parts: RouteParts): void {
  const { contract, handlers, handlerLimitMs } = parts;
  refuseMismatch(parts);
  app.setValidatorCompiler(createValidatorCompiler(contract.document));
  for (const operation of headFirst([...contract.operations.values()])) {
    app.route({
      method: operation.method as HTTPMethods,
      url: routeUrl(operation.basePath + operation.path),
      schema: requestSchemasOf(contract.document, operation),
      onRequest: guards(operation, parts),
      preValidation: readStyles(styleReaders(contract.document, operation)),
      handler: correlated(inTime(handlers[operation.operationId] as Handler, handlerLimitMs)),
    });
  }
}

/** Fastify answers HEAD wherever there is a GET, unless somebody else does before. */
function headFirst(operations: readonly Operation[]): Operation[] {
  const isHead = ({ method }: Operation) => method === "HEAD";
  return [...operations.filter(isHead), ...operations.filter((operation) => !isHead(operation))];
}

/** Schemas judge the lists and objects that parameters stand for, not the text in which they are written. */
function readStyles({ params, query, headers }: StyleReaders): preValidationHookHandler {
  return (request, _reply, done) => {
    for (const read of params) read(request.params as Record<string, unknown>);
    for (const read of query) read(request.query as Record<string, unknown>);
    for (const read of headers) read(request.headers);
    done();
  };
}

function refuseMismatch({ contract, handlers, checkToken, checkCredentials }: RouteParts): void {
  const operations = [...contract.operations.values()];
  const missing = operations.filter(({ operationId }) => !Object.hasOwn(handlers, operationId));
  const unknown = Object.keys(handlers).filter((name) => !contract.operations.has(name));
  const secured = operations.filter((operation) => operation.secured);
  const byToken = secured.filter(({ credentials }) => credentials.length === 0);
  const otherwise = secured.filter(({ credentials }) => credentials.length > 0);
  const sentences = [
    sentence("Operations without a handler", idsOf(missing)),
    sentence("Handlers without an operation", unknown),
    sentence("Operations that need a token and nothing that checks it", checkToken ? [] : idsOf(byToken)),
    sentence(
      "Operations that need credentials and nothing that checks them",
      checkCredentials ? [] : idsOf(otherwise),
    ),
  ];
  const message = sentences.filter(Boolean).join(" ");
  if (message) throw new ContractMismatch(`${contract.service}: ${message}`);
}

const idsOf = (operations: readonly Operation[]) => operations.map(({ operationId }) => operationId);
const sentence = (what: string, names: readonly string[]) =>
  names.length > 0 ? `${what}: ${names.join(", ")}.` : "";

/** What stands before the body is read, in this order. */
function guards(operation: Operation, { checkToken, checkCredentials }: RouteParts): onRequestHookHandler[] {
  const { secured, credentials } = operation;
  const bodyless = operation.method === "GET" || operation.method === "HEAD";
  return [
    noteOperation(operation.operationId),
    ...(secured && credentials.length === 0 && checkToken ? [authenticate(checkToken)] : []),
    ...(credentials.length > 0 && checkCredentials ? [askCredentials(operation, checkCredentials)] : []),
    ...(bodyless ? [] : [acceptBody(operation)]),
  ];
}

function noteOperation(operationId: string): onRequestHookHandler {
  return (request, _reply, done) => {
    const state = stateOf(request);
    if (state) state.operation = operationId;
    done();
  };
}

/** A body arrives in events of the connection, which know nothing of the request they belong to; so the handler is told again. */
function correlated(handler: Handler): Handler {
  return (request, reply) => {
    const state = stateOf(request);
    return state
      ? correlation.run(state.correlation, () => handler(request, reply))
      : handler(request, reply);
  };
}

/** Nobody waits for ever, and what comes too late changes nothing: see `transaction` of the database. */
function inTime(handler: Handler, limitMs: number): Handler {
  return (request, reply) =>
    within(limitMs, (signal) => {
      const served = correlation.run({ ...correlation.current(), signal }, () => handler(request, reply));
      return Promise.race([served, endOf(signal)]);
    });
}

const endOf = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
