import type { Principle } from "../model/constitution.ts";
import type { Place } from "../model/location.ts";
import { type Technology, technologiesIn } from "../model/technology.ts";

export type Choice = Extract<Principle, { kind: "technology" }>;

/** A technology that a service is seen to use. */
export interface Use {
  readonly topic: string;
  readonly name: string;
  readonly what: string;
  readonly at: Place;
}

/** Entries that weigh one thing against another, or are about tests, choose nothing. */
const isUndecided = /\b(?:not?|instead|rather|without|tests?|testing|n\/a|migrat\w+|legacy|or)\b/i;

/** What a service uses instead of the choice; undefined where it uses the choice, beside others or not. */
export function otherChoice(
  topic: string,
  principles: readonly Choice[],
  uses: readonly Use[],
): Use | undefined {
  const allowed = new Set(principles.flatMap(({ choices }) => choices));
  if (allowed.has("JavaScript")) allowed.add("TypeScript");
  const own = uses.filter((use) => use.topic === topic);
  return own.some(({ name }) => allowed.has(name)) ? undefined : own[0];
}

export function usesInText(technologies: readonly Technology[], what: string, at: Place): Use[] {
  return technologies.map(({ topic, name }) => ({ topic, name, what, at }));
}

export type ReadTechnologies = (text: string) => readonly Technology[];

/** Reads each text once: the plans of a fleet say the same things. */
export function technologyReader(): ReadTechnologies {
  const known = new Map<string, readonly Technology[]>();
  return (text) => {
    const found = known.get(text) ?? (isUndecided.test(text) ? [] : technologiesIn(text));
    known.set(text, found);
    return found;
  };
}
