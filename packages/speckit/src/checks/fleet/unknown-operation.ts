import { nameOf } from "../../model/operation-purpose.ts";
import type { OperationMention } from "../../model/spec.ts";
import type { Service } from "../../model/workspace.ts";
import type { Check } from "../check.ts";
import { didYouMean, suggester } from "../nearest.ts";

export const unknownOperation: Check = {
  id: "unknown-operation",
  area: "dependencies",
  severity: "error",
  title: "Every operation that a dependency names is in the other service's contract",
  why: "The call will fail: the service that is asked does not offer the operation.",
  fix: "Name an operation that the contract has, or add it there.",

  *run({ services, edges }) {
    const byName = new Map(services.map((service) => [service.name, service]));
    const suggesters = new Map<string, (name: string) => string | undefined>();
    for (const { from, to, operations } of edges) {
      const upstream = byName.get(to);
      // Without a contract nothing is known about what the service offers.
      if (!upstream?.apis.some((api) => api.operations.length > 0)) continue;
      for (const { mention, operation } of operations) {
        if (operation) continue;
        const suggest = suggesters.get(to) ?? suggester(operationsOf(upstream));
        suggesters.set(to, suggest);
        yield {
          message: `${from} uses '${wordsOf(mention)}' of ${to}, which its contract does not have.${didYouMean(suggest(wordsOf(mention)))}`,
          at: mention.at,
          related: upstream.apis.slice(0, 1).map(({ file }) => ({
            message: `the contract of ${to}`,
            at: { file, pointer: "/paths" },
          })),
        };
      }
    }
  },
};

function operationsOf({ apis }: Service): string[] {
  return apis.flatMap((api) => api.operations.map(nameOf));
}

function wordsOf({ method, path, operationId }: OperationMention): string {
  return [method, path ?? operationId].filter(Boolean).join(" ");
}
