import type { Edge } from "../../model/workspace.ts";
import type { Check } from "../check.ts";
import { callsByCaller } from "../fleet/fleet-view.ts";

function isSeen({ evidence }: Edge): boolean {
  return evidence.some(({ source }) => source === "code");
}

export const dependencyUnused: Check = {
  id: "dependency-unused",
  area: "dependencies",
  severity: "info",
  title: "Services call what their specs declare",
  why: "The spec says that the service needs another, and its code, which calls others, never calls that one.",
  fix: "Remove it from the table of upstream services, or see whether the call is still to be written.",

  *run({ services, edges }) {
    const names = new Set(services.map(({ name }) => name));
    for (const [name, calls] of callsByCaller(edges)) {
      // Where no call at all was understood, the code may call in a way that is not read.
      if (!calls.some(isSeen)) continue;
      for (const call of calls) {
        const [declared] = call.evidence;
        if (isSeen(call) || !declared || !names.has(call.to)) continue;
        yield {
          message: `${name} declares that it depends on ${call.to}, and its code never calls it.`,
          at: declared.at,
          service: name,
        };
      }
    }
  },
};
