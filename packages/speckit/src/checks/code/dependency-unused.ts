import type { Check } from "../check.ts";

export const dependencyUnused: Check = {
  id: "dependency-unused",
  area: "dependencies",
  severity: "info",
  title: "Services call what their specs declare",
  why: "The spec says that the service needs another, and its code, which calls others, never calls that one.",
  fix: "Remove it from the table of upstream services, or see whether the call is still to be written.",

  *run({ services, edges }) {
    for (const { name } of services) {
      const calls = edges.filter(({ from, kind }) => from === name && kind === "calls");
      const isSeen = ({ evidence }: (typeof calls)[number]) =>
        evidence.some(({ source }) => source === "code");
      // Where no call at all was understood, the code may call in a way that is not read.
      if (!calls.some(isSeen)) continue;
      for (const call of calls) {
        const [declared] = call.evidence;
        if (isSeen(call) || !declared || !services.some((service) => service.name === call.to)) continue;
        yield {
          message: `${name} declares that it depends on ${call.to}, and its code never calls it.`,
          at: declared.at,
          service: name,
        };
      }
    }
  },
};
