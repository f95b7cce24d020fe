import type { Edge, Service } from "../../model/workspace.ts";
import type { Check } from "../check.ts";
import { callsByCaller, specsOf } from "../fleet/fleet-view.ts";

function isSeen({ evidence }: Edge): boolean {
  return evidence.some(({ source }) => source === "code");
}

/** Rows about who asks: tokens are looked at by what receives requests, which is seldom a service's own code. */
const aboutCallers =
  /\b(?:tokens?|jwts?|sessions?|authenticat\w*|authori[sz]\w*|credentials?|sign-?ins?|logins?)\b/i;

function placesAboutCallers(services: readonly Service[]): ReadonlySet<unknown> {
  const rows = services.flatMap(specsOf).flatMap(({ upstream }) => upstream);
  return new Set(rows.filter(({ purpose }) => aboutCallers.test(purpose)).map(({ at }) => at));
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
    const callers = placesAboutCallers(services);
    for (const [name, calls] of callsByCaller(edges)) {
      // Where no call at all was understood, the code may call in a way that is not read.
      if (!calls.some(isSeen)) continue;
      for (const call of calls) {
        const [declared] = call.evidence;
        if (isSeen(call) || !declared || !names.has(call.to) || callers.has(declared.at)) continue;
        yield {
          message: `${name} declares that it depends on ${call.to}, and its code never calls it.`,
          at: declared.at,
          service: name,
        };
      }
    }
  },
};
