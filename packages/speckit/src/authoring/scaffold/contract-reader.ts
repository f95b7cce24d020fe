import type { CallableOperation, JsonSchema } from "../../model/callable-operation.ts";
import type { Operation } from "../../model/contract.ts";
import { readCallableOperations, readDescribedEvents } from "../../parse/callable-operations.ts";
import { parseTree } from "../../parse/tree.ts";

/** Contracts with their schemas, which the workspace leaves out. */
export interface ContractReader {
  operation(file: string, named: Pick<Operation, "method" | "path">): CallableOperation | undefined;
  /** Of the whole message, in a version of the event. */
  event(file: string, named: string, version: string): JsonSchema | undefined;
}

/** Reads each file once. What cannot be read is not there. */
export function contractReader(textOf: (file: string) => string | undefined): ContractReader {
  const values = new Map<string, unknown>();
  const load = (file: string): unknown => {
    if (!values.has(file)) {
      const text = textOf(file);
      values.set(file, text === undefined ? undefined : parseTree(file, text).value);
    }
    return values.get(file);
  };
  const operations = new Map<string, readonly CallableOperation[]>();
  return {
    operation(file, { method, path }) {
      const all = operations.get(file) ?? readCallableOperations({ file, value: load(file) }, load);
      operations.set(file, all);
      return all.find((one) => one.method === method && one.path === path);
    },
    event: (file, named, version) => {
      const all = readDescribedEvents({ file, value: load(file) }, load).filter(
        ({ event }) => event === named,
      );
      return (all.find((one) => (one.version ?? "v1") === version) ?? all[0])?.schema;
    },
  };
}
