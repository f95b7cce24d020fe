import type { Dependency } from "../../catalog/dependencies.ts";
import { groupBy } from "../../model/group-by.ts";

/**
 * Lines that are drawn as one. Every source is joined to every target, so a reader who follows a line from anywhere in the net to anywhere
 * else in it is never led to a dependency that does not exist.
 */
export interface Net {
  readonly sources: readonly { readonly name: string; readonly label: string }[];
  readonly targets: readonly string[];
}

/** Joins what a provider gives to several services in the same words, then what several providers give to the same services. */
export function netsOf(
  dependencies: readonly Dependency[],
  labelOf: (dependency: Dependency) => string,
): Net[] {
  const outgoing = groupBy(dependencies, (dependency) =>
    JSON.stringify([dependency.provider, labelOf(dependency)]),
  );
  const fans = [...outgoing.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const source = { name: first.provider, label: labelOf(first) };
    return [{ source, targets: own.map(({ dependent }) => dependent).sort() }];
  });
  const meeting = groupBy(fans, ({ targets }) => JSON.stringify(targets));
  return [...meeting.values()].map((own) => ({
    sources: own.map(({ source }) => source),
    targets: own[0]?.targets ?? [],
  }));
}
