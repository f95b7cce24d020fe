import { groupBy } from "../model/group-by.ts";
import { compareText } from "../model/location.ts";
import type { Dependency } from "./dependencies.ts";

/** Services in layers: each stands below all that it depends on. */
export interface Layering {
  /** Names sorted within each layer. Empty only when there are no names. */
  readonly layers: readonly (readonly string[])[];
  /** What the layers follow. */
  readonly followed: readonly Dependency[];
  /** What would close a circle. Calls are followed before events, since a caller waits for its provider. */
  readonly circular: readonly Dependency[];
}

/** Puts each service one layer below the lowest of its providers. Meant for as many services as a picture shows: it takes quadratic time. */
export function layerServices(names: readonly string[], dependencies: readonly Dependency[]): Layering {
  const callsFirst = [
    ...dependencies.filter(({ calls }) => calls.length > 0),
    ...dependencies.filter(({ calls }) => calls.length === 0),
  ];
  const providersOf = new Map<string, string[]>(names.map((name) => [name, []]));
  const closing = new Set<Dependency>();
  for (const dependency of callsFirst) {
    const { dependent, provider } = dependency;
    if (reaches(provider, dependent, providersOf)) closing.add(dependency);
    else providersOf.get(dependent)?.push(provider);
  }
  const depthOf = depths(providersOf);
  const byDepth = groupBy([...names].sort(compareText), (name) => depthOf.get(name) ?? 0);
  return {
    layers: [...byDepth].sort(([a], [b]) => a - b).map(([, members]) => members),
    followed: dependencies.filter((dependency) => !closing.has(dependency)),
    circular: dependencies.filter((dependency) => closing.has(dependency)),
  };
}

type Providers = ReadonlyMap<string, readonly string[]>;

function reaches(from: string, to: string, providersOf: Providers): boolean {
  const seen = new Set([from]);
  // A set yields what is added to it while it is walked.
  for (const name of seen) {
    if (name === to) return true;
    for (const provider of providersOf.get(name) ?? []) seen.add(provider);
  }
  return false;
}

function depths(providersOf: Providers): Map<string, number> {
  const known = new Map<string, number>();
  const depthOf = (name: string): number => {
    const depth =
      known.get(name) ??
      Math.max(-1, ...(providersOf.get(name) ?? []).map((provider) => depthOf(provider))) + 1;
    known.set(name, depth);
    return depth;
  };
  for (const name of providersOf.keys()) depthOf(name);
  return known;
}
