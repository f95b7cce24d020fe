import { groupBy } from "../../model/group-by.ts";
import type { Edge } from "../../model/workspace.ts";
import type { Check } from "../check.ts";
import { shortestCycle, stronglyConnected } from "../cycles.ts";

/** In a larger tangle single cycles say nothing any more; one finding names its size. */
const MAX_TANGLE = 50;

export const circularDependency: Check = {
  id: "circular-dependency",
  area: "cycles",
  severity: "warning",
  title: "No circular dependencies",
  why: "The services wait for each other: when one is slow or down all are, and none can be released alone.",
  fix: "Turn one of the calls around, or replace it by an event.",

  *run({ edges }) {
    const calls = edges.filter(({ kind }) => kind === "calls");
    const outgoing = new Map(
      [...groupBy(calls, ({ from }) => from)].map(([from, group]) => [from, group.map(({ to }) => to)]),
    );
    const edgeOf = new Map(calls.map((edge) => [`${edge.from} → ${edge.to}`, edge]));
    for (const members of stronglyConnected(outgoing)) {
      for (const cycle of cyclesAmong(members, outgoing)) {
        const steps = cycle.slice(0, -1).map((from, index) => edgeOf.get(`${from} → ${cycle[index + 1]}`));
        const rest = members.length > MAX_TANGLE ? `, in a tangle of ${members.length} services` : "";
        const [first, ...others] = steps.flatMap((edge) => placesOf(edge));
        if (!first) continue;
        yield {
          message: `The services call each other in a circle: ${cycle.join(" → ")}${rest}.`,
          at: first.at,
          related: others,
        };
      }
    }
  },
};

function placesOf(edge: Edge | undefined) {
  return (edge?.evidence ?? [])
    .slice(0, 1)
    .map(({ at }) => ({ message: `${edge?.from} calls ${edge?.to}`, at }));
}

/** Shortest cycles, so many that every call between the members is on one. Each begins with the name that comes first in the alphabet. */
function cyclesAmong(
  members: readonly string[],
  outgoing: ReadonlyMap<string, readonly string[]>,
): string[][] {
  const inside = new Set(members);
  const covered = new Set<string>();
  const cycles: string[][] = [];
  for (const from of [...members].sort()) {
    for (const to of outgoing.get(from) ?? []) {
      if (!inside.has(to) || covered.has(`${from} → ${to}`)) continue;
      const cycle = shortestCycle(from, to, outgoing, inside);
      cycle.slice(0, -1).forEach((step, index) => void covered.add(`${step} → ${cycle[index + 1]}`));
      cycles.push(cycle);
      if (members.length > MAX_TANGLE) return cycles;
    }
  }
  return cycles;
}
