import type { CallableOperation } from "../model/callable-operation.ts";

/**
 * The order in which operations are called: what makes things first, then what reads and changes them, last what takes them away, or ends the session
 * that all others need. Within these the document's order, which goes from the beginning to the end of what one does.
 */
export function orderOperations(operations: readonly CallableOperation[]): CallableOperation[] {
  const readable = new Set(operations.filter(({ method }) => method === "GET").map(({ path }) => path));
  return operations
    .map((operation, index) => ({ operation, index, rank: rankOf(operation, readable) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ operation }) => operation);
}

/** `readable` are paths that can be read: what is posted there, such as a picture of a user, is read afterwards. */
function rankOf(
  { method, path, operationId = "" }: CallableOperation,
  readable: ReadonlySet<string>,
): number {
  const hasParameter = path.includes("{");
  if (method === "DELETE" || ends.test(path) || ends.test(operationId)) return 6;
  if (method === "POST" && !hasParameter) return 1;
  if (method === "PUT" || (method === "POST" && readable.has(path))) return 2;
  if (method === "GET" || method === "HEAD") return hasParameter ? 4 : 3;
  return 5;
}

const ends = /log-?_?out|sign-?_?out|revoke|deactivate|(?:^|\/)(?:delete|remove|close|cancel)/i;
