import type { ClientCall, HandlerTable, NamedPlace, Route, TopicUse } from "./code.ts";

/** What the source files of one service show together. */
export interface ServiceCode {
  /** With whole paths: routers joined with what they are mounted below. Sorted by path and method. */
  readonly routes: readonly Omit<Route, "router">[];
  /** Handlers that are found by operationId. */
  readonly handlerTables: readonly HandlerTable[];
  readonly calls: readonly ClientCall[];
  readonly topics: readonly TopicUse[];
  readonly environment: readonly NamedPlace[];
  readonly exports: readonly NamedPlace[];
  readonly tests: readonly NamedPlace[];
}
