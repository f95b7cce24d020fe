import { readCallableOperations } from "../../src/parse/callable-operations.ts";
import { parseTree } from "../../src/parse/tree.ts";
import { judgeAnswer } from "../../src/verify/judge.ts";
import { requestsFor } from "../../src/verify/requests/requests-for.ts";

/** More of one document say little new. */
const MOST_OPERATIONS = 3;

/** Makes requests from whatever a damaged text says of operations, and judges answers by it. */
export function callAnything(file: string, text: string): void {
  for (const operation of readCallableOperations(parseTree(file, text), () => undefined).slice(
    0,
    MOST_OPERATIONS,
  )) {
    const [request] = requestsFor(operation);
    for (const status of [200, 201, 404])
      judgeAnswer(
        operation,
        { status, headers: { "content-type": "application/json" }, body: '{"data":[{}]}' },
        request,
      );
  }
}
