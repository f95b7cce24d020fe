import type { ApiContract, Operation } from "../../model/contract.ts";
import { isHealth, nameOf } from "../../model/operation-purpose.ts";
import { writtenPathShape } from "../../model/path-shape.ts";
import { type MatchedRoute, matchRoutes } from "../../model/route-matching.ts";
import { handlerOf } from "./handlers.ts";
import type { Reference, Subject } from "./subject.ts";

/** An operation of the service with what answers it. */
export interface DocumentedOperation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string | undefined;
  readonly summary: string | undefined;
  /** Undefined for a route that no contract describes. */
  readonly contract: { readonly api: ApiContract; readonly operation: Operation } | undefined;
  /** Undefined where no code was seen to answer. */
  readonly handler: Reference | undefined;
  /** No code was seen, yet it is answered: by the library that binds handlers to the contract. */
  readonly isBound: boolean;
  /** Health, metrics and the like. */
  readonly isOperational: boolean;
}

/** What a service offers, in the contract's order; routes that no contract knows come last. */
export function operationsOf(subject: Subject): DocumentedOperation[] {
  const { routes, unrouted } = matchRoutes(subject.service);
  const described = subject.service.apis.flatMap((api) =>
    api.operations
      .filter(({ webhook }) => !webhook)
      .map((operation) => {
        const route = routes.find(({ operations }) => operations.includes(operation))?.route;
        const isBound = route === undefined && !unrouted.includes(operation);
        return { ...documented(subject, operation, { api, operation }, route), isBound };
      }),
  );
  const others = routes
    .filter(({ operations, route: { path } }) => operations.length === 0 && path.startsWith("/"))
    .map(({ route }) =>
      documented(subject, { ...route, operationId: undefined, summary: undefined }, undefined, route),
    );
  return onceEach([...described, ...others]);
}

function documented(
  subject: Subject,
  { method, path, operationId, summary }: Pick<Operation, "method" | "path" | "operationId" | "summary">,
  contract: DocumentedOperation["contract"],
  route: MatchedRoute["route"] | undefined,
): DocumentedOperation {
  const handler = route && handlerOf(subject, operationId, route.at);
  return {
    method,
    path,
    operationId,
    summary,
    contract,
    handler,
    isBound: false,
    isOperational: isHealth(path) || /\/(?:metrics|prometheus|docs|swagger|openapi)(?:[./]|$)/.test(path),
  };
}

function onceEach(operations: readonly DocumentedOperation[]): DocumentedOperation[] {
  return [...new Map(operations.map((one) => [`${one.method} ${writtenPathShape(one.path)}`, one])).values()];
}

/** Operations that the documents of a feature speak of; all of the service where it has no other feature, or they speak of none. */
export function operationsOfFeature(
  subject: Subject,
  operations: readonly DocumentedOperation[],
): readonly DocumentedOperation[] {
  const { service, feature, textOf } = subject;
  if (!feature || service.features.filter(({ spec }) => spec).length < 2) return operations;
  const texts = [feature.spec, feature.tasks].flatMap((document) =>
    document ? (textOf(document.file) ?? "") : [],
  );
  const shaped = texts.map((text) => writtenPathShape(text)).join("\n");
  const named = operations.filter(({ path, method, operationId }) => {
    if (
      operationId !== undefined &&
      texts.some((text) => new RegExp(`\\b${escaped(operationId)}\\b`).test(text))
    )
      return true;
    return new RegExp(`\\b${method}\\s+${escaped(writtenPathShape(path))}(?![\\w/{-])`, "i").test(shaped);
  });
  return named.length > 0 ? named : operations;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** What an operation does in a few words: its summary, else its operationId in words. */
export function wordsFor({ summary, operationId, handler, method, path }: DocumentedOperation): string {
  if (summary !== undefined && summary.trim() !== "") return summary.trim().replace(/\.$/, "");
  const name = operationId ?? handler?.name ?? "";
  const words = (name.split(".").at(-1) ?? "")
    .replace(/Handler$/, "")
    .replace(/(?<=[a-z\d])(?=[A-Z])|[_-]+/g, " ")
    .trim()
    .toLowerCase();
  if (words === "" || words === nameOf({ method, path } as Operation)) return "";
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** The path up to its first word behind `/api/v1`. */
export function resourceOf(path: string): string {
  return /^(?:\/(?:api|v\d+(?:\.\d+)*))*\/[^/]*/.exec(path)?.[0] ?? path;
}
