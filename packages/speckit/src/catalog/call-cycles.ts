import { groupBy } from "../model/group-by.ts";
import { compareText } from "../model/location.ts";
import type { Edge } from "../model/workspace.ts";

/**
 * Services that wait for each other: the strongly connected components of the calls (events do not wait). Each is a list that starts with its
 * smallest name and goes on along the calls, so that a plain circle reads in its order; the lists come sorted by their first name.
 * Source: Tarjan, Depth-first search and linear graph algorithms, 1972; without recursion, since a chain may be as long as the fleet.
 */
export function callCycles(edges: readonly Pick<Edge, "from" | "to" | "kind">[]): string[][] {
  const calls = callGraph(edges);
  return components(calls)
    .filter(([first = "", second]) => second !== undefined || calls.get(first)?.includes(first))
    .map((members) => walkFromSmallest(members, calls))
    .sort(([a = ""], [b = ""]) => compareText(a, b));
}

type Calls = ReadonlyMap<string, readonly string[]>;

function callGraph(edges: readonly Pick<Edge, "from" | "to" | "kind">[]): Calls {
  const byCaller = groupBy(
    edges.filter(({ kind }) => kind === "calls"),
    ({ from }) => from,
  );
  return new Map(
    [...byCaller].map(([caller, own]) => [caller, [...new Set(own.map(({ to }) => to))].sort(compareText)]),
  );
}

interface Visit {
  readonly name: string;
  readonly index: number;
  /** Smallest index that is reachable from here and not yet in a component. */
  low: number;
  /** How many callees were looked at. */
  next: number;
}

function components(calls: Calls): string[][] {
  const visits = new Map<string, Visit>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  const enter = (name: string, path: Visit[]): void => {
    const visit = { name, index: visits.size, low: visits.size, next: 0 };
    visits.set(name, visit);
    open.push(name);
    isOpen.add(name);
    path.push(visit);
  };
  const leave = ({ name, index, low }: Visit, caller: Visit | undefined): void => {
    if (caller) caller.low = Math.min(caller.low, low);
    if (low !== index) return;
    const members = open.splice(open.lastIndexOf(name));
    for (const member of members) isOpen.delete(member);
    found.push(members);
  };
  for (const root of calls.keys()) {
    if (visits.has(root)) continue;
    const path: Visit[] = [];
    enter(root, path);
    for (let visit = path.at(-1); visit; visit = path.at(-1)) {
      const callee = calls.get(visit.name)?.[visit.next++];
      if (callee === undefined) {
        path.pop();
        leave(visit, path.at(-1));
        continue;
      }
      const known = visits.get(callee);
      if (!known) enter(callee, path);
      else if (isOpen.has(callee)) visit.low = Math.min(visit.low, known.index);
    }
  }
  return found;
}

/** Members in the order in which they are met when one follows the calls from the smallest name. */
function walkFromSmallest(members: readonly string[], calls: Calls): string[] {
  const inside = new Set(members);
  const ordered = new Set<string>();
  const pending = [[...members].sort(compareText)[0] ?? ""];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (ordered.has(name)) continue;
    ordered.add(name);
    pending.push(...(calls.get(name) ?? []).filter((callee) => inside.has(callee)).reverse());
  }
  return [...ordered];
}
