import type { ApiContract, Operation } from "../../model/contract.ts";
import { nameOf } from "../../model/operation-purpose.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { apisOf } from "./contracts-of.ts";

export const contractUndocumented: Check = {
  id: "contract-undocumented",
  area: "api",
  severity: "info",
  title: "Every contract has a licence, servers, tags and descriptions",
  why: "Portals and generated pages show these; without them a reader has to ask.",
  fix: "Add what is missing where it is worth it to your readers.",

  *run(workspace) {
    for (const api of apisOf(workspace)) {
      const missing = missingParts(api);
      if (missing.length === 0) continue;
      yield {
        message: `The contract lacks ${missing.join("; ")}.`,
        at: api.undocumented[0]?.at ?? { file: api.file, pointer: "/paths" },
      };
    }
  },
};

function missingParts({ undocumented, operations }: ApiContract): string[] {
  const untagged = operations.filter(({ tagged }) => !tagged);
  const undescribed = operations.filter(({ described }) => !described);
  return [
    ...(undocumented.length > 0 ? [listing(undocumented.map(({ what }) => what))] : []),
    ...(untagged.length > 0 ? [`tags on ${names(untagged, operations)}`] : []),
    ...(undescribed.length > 0 ? [`a summary of ${names(undescribed, operations)}`] : []),
  ];
}

function names(some: readonly Operation[], all: readonly Operation[]): string {
  return some.length === all.length && all.length > 1 ? "all operations" : listing(some.map(nameOf));
}
