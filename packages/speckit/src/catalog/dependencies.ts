import { groupBy } from "../model/group-by.ts";
import type { Edge } from "../model/workspace.ts";

/** All that one service needs of another. */
export interface Dependency {
  readonly dependent: string;
  readonly provider: string;
  /** What is called over there, in the words of the edges; empty when only events are received. */
  readonly calls: readonly string[];
  /** Whether `calls` are operations rather than a purpose in prose. */
  readonly namesOperations: boolean;
  readonly events: readonly string[];
}

/** Joins the edges between the same two services, in the order of the edges. What a service needs of itself is left out. */
export function dependenciesOf(edges: readonly Edge[]): Dependency[] {
  const between = edges.filter(({ from, to }) => from !== to);
  const pairs = groupBy(between, ({ from, to }) => JSON.stringify([from, to]));
  return [...pairs.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const labels = (kind: Edge["kind"]) => own.filter((edge) => edge.kind === kind).map(({ label }) => label);
    return {
      dependent: first.from,
      provider: first.to,
      calls: labels("calls"),
      namesOperations: own.some(({ operations }) => operations.length > 0),
      events: labels("event"),
    };
  });
}
