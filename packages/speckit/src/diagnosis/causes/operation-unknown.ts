import { writtenPathShape } from "../../model/path-shape.ts";
import type { Cause } from "../cause.ts";

export const operationUnknown: Cause = {
  id: "operation-unknown",
  kind: "contract",
  title: "No contract has what was asked for",
  why: "The caller uses a path or method that no service of the fleet promises: it is misspelt, was removed, or belongs to another version.",
  check:
    "Look the operation up in the service catalog; `speckit validate-contracts --breaking-changes-only` says whether it was removed.",

  find({ error, workspace, operations }) {
    if (operations.length > 0 || (error.status !== 404 && error.status !== 405)) return [];
    const [asked] = error.requests;
    if (!asked) return [];
    const offered = workspace.services.flatMap(({ name, apis }) =>
      apis.flatMap((api) => api.operations.map(({ method, path, at }) => ({ name, method, path, at }))),
    );
    const first = firstPart(asked.path);
    const similar = offered.filter(({ path }) => firstPart(path) === first).slice(0, 3);
    return [
      { text: `${[asked.method, asked.path].filter(Boolean).join(" ")} was answered with ${error.status}` },
      ...similar.map(({ name, method, path, at }) => ({ text: `${name} has ${method} ${path}`, at })),
    ];
  },
};

/** `orders` of `/api/v1/orders/7b1e/lines`. */
function firstPart(path: string): string | undefined {
  return writtenPathShape(path)
    .split("/")
    .find((part) => part !== "" && !/^(?:api|v\d+)$/.test(part));
}
