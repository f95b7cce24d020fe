import type { Story } from "../../model/spec.ts";

/** A place in a document: `P1: User Login`, `services/auth-service/specs/001-jwt/spec.md:21`. */
export interface Pointer {
  readonly title: string;
  readonly at: string;
}

export function pointerTo({ id, title, at }: Story): Pointer {
  return { title: `${id}: ${title}`, at: `${at.file}:${at.line}` };
}

/** What is said where something would be that nobody has written. `what` is named where no scenario speaks of it. */
export function unwritten(scenario: Pointer | undefined, what: string, contract: string): string {
  return scenario
    ? `${scenario.title} is not written yet: see ${scenario.at}.`
    : `${what} is not written yet, and no scenario speaks of it: see ${contract}.`;
}
