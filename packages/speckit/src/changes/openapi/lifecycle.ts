import type { Node } from "../../parse/references.ts";
import { type Mapping, mapping, text } from "../../parse/values.ts";
import type { Fact, Traits } from "../change.ts";
import { below } from "./operations.ts";

/** What a contract promises about how long something lasts: `deprecated`, `x-sunset`, `x-stability-level`. */

const levels = ["draft", "alpha", "beta", "stable"];

/** Draft and alpha: may change at any time, so nothing about it can break. */
export function isExperimental(node: Node): boolean {
  return ["draft", "alpha"].includes(text(mapping(node.value)["x-stability-level"]) ?? "");
}

/** Whether something that was removed had been announced as deprecated, and whether its last day has come. `today` is `YYYY-MM-DD`. */
export function announced(node: Node, today: string): Pick<Traits, "deprecated" | "sunset"> {
  const { deprecated, "x-sunset": sunset } = mapping(node.value);
  if (deprecated !== true) return { deprecated: false };
  if (sunset === undefined) return { deprecated: true };
  const day = dayOf(sunset);
  return { deprecated: true, sunset: day === undefined ? "unreadable" : day <= today ? "passed" : "ahead" };
}

/** What changed in the promises about one operation, parameter or property. */
export function* compareLifecycle(before: Node, after: Node, name: string, today: string): Generator<Fact> {
  const old = mapping(before.value);
  const now = mapping(after.value);
  if (!promises(old) && !promises(now)) return;
  const places = (keyword: string) => ({ base: place(before, keyword), revision: place(after, keyword) });
  yield* compareStability(before, after, name);
  if (now.deprecated === true && old.deprecated !== true) {
    yield {
      kind: "deprecated",
      effect: "none",
      name,
      before: null,
      after: text(now["x-sunset"]) ?? "deprecated",
      ...places("deprecated"),
      traits: {},
    };
  }
  if (old.deprecated === true && now.deprecated !== true) {
    yield {
      kind: "deprecation-withdrawn",
      effect: "none",
      name,
      before: "deprecated",
      after: null,
      ...places("deprecated"),
      traits: {},
    };
    return;
  }
  if (now.deprecated !== true) return;
  const [oldSunset, newSunset] = [old["x-sunset"], now["x-sunset"]];
  const values = { before: oldSunset ?? null, after: newSunset ?? null };
  if (newSunset !== undefined && dayOf(newSunset) === undefined) {
    yield { kind: "sunset-unreadable", effect: "none", name, ...values, ...places("x-sunset"), traits: {} };
  } else if (oldSunset !== undefined && newSunset === undefined) {
    yield { kind: "sunset-removed", effect: "none", name, ...values, ...places("x-sunset"), traits: {} };
  } else if (oldSunset !== undefined && dayOf(oldSunset) === undefined) {
    yield { kind: "sunset-unreadable", effect: "none", name, ...values, ...places("x-sunset"), traits: {} };
  } else if (
    oldSunset !== undefined &&
    (dayOf(newSunset) ?? "") < (dayOf(oldSunset) ?? "") &&
    (dayOf(oldSunset) ?? "") > today
  ) {
    yield { kind: "sunset-earlier", effect: "none", name, ...values, ...places("x-sunset"), traits: {} };
  }
}

/** Says anything about its lifetime; hardly anything does. */
function promises(members: Mapping): boolean {
  return (
    members.deprecated === true ||
    members["x-sunset"] !== undefined ||
    members["x-stability-level"] !== undefined
  );
}

function* compareStability(before: Node, after: Node, name: string): Generator<Fact> {
  const keyword = "x-stability-level";
  const [old, now] = [mapping(before.value)[keyword], mapping(after.value)[keyword]];
  const common = {
    name,
    effect: "none",
    before: old ?? null,
    after: now ?? null,
    base: place(before, keyword),
    revision: place(after, keyword),
    traits: {},
  } as const;
  const unknown = [old, now].find((level) => level !== undefined && !levels.includes(String(level)));
  if (unknown !== undefined) yield { kind: "stability-unknown", ...common };
  else if (isLower(now, old)) yield { kind: "stability-lowered", ...common };
}

/** Whoever says nothing any more takes the promise back; whoever said nothing may have been taken to mean stable. */
function isLower(now: unknown, old: unknown): boolean {
  if (now === undefined) return old !== undefined;
  const before = old === undefined ? levels.length - 1 : levels.indexOf(String(old));
  return levels.indexOf(String(now)) < before;
}

/** A date as `YYYY-MM-DD`, from `x-sunset` in that form or in RFC 3339's; undefined when it is none. */
function dayOf(value: unknown): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T|$)/.exec(text(value) ?? "");
  return match?.[1] !== undefined && !Number.isNaN(Date.parse(match[1])) ? match[1] : undefined;
}

function place(node: Node, keyword: string): { file: string; pointer: string } {
  const { file, pointer, value } = below(node, keyword);
  return value === undefined ? { file: node.file, pointer: node.pointer } : { file, pointer };
}
