import { groupBy } from "../../model/group-by.ts";
import { nameOf } from "../../model/operation-purpose.ts";
import type { Check } from "../check.ts";
import { apisOf } from "./contracts-of.ts";

export const operationIdDuplicate: Check = {
  id: "operation-id-duplicate",
  area: "api",
  severity: "error",
  title: "No operationId stands twice in a contract",
  why: "Generated clients name their functions after it, so one of the two operations cannot be called.",
  fix: "Give each operation an operationId of its own.",

  *run(workspace) {
    for (const { operations } of apisOf(workspace)) {
      const named = operations.filter(({ operationId }) => operationId !== undefined);
      for (const [operationId, [first, ...others]] of groupBy(named, (operation) => operation.operationId)) {
        if (!first) continue;
        for (const operation of others) {
          yield {
            message: `${nameOf(operation)} has the operationId '${operationId}', which ${nameOf(first)} has too.`,
            at: { ...operation.at, pointer: `${operation.at.pointer}/operationId` },
            related: [
              {
                message: `${nameOf(first)} has it first`,
                at: { ...first.at, pointer: `${first.at.pointer}/operationId` },
              },
            ],
          };
        }
      }
    }
  },
};
