import type { ChangeRule } from "../change.ts";
import { show } from "./show.ts";

/** Levels at which nothing is promised yet. */
const experimental: ReadonlySet<unknown> = new Set(["draft", "alpha"]);

export const stabilityLowered: ChangeRule = {
  id: "stability-lowered",
  title: "Stability does not become less",
  level: ({ before, after }) => {
    if (before === null) return "risky";
    // What leaves its draft is as good as anything that never was one.
    return after === null && experimental.has(before) ? "compatible" : "breaking";
  },
  message: ({ name, before, after }) =>
    after === null
      ? `Stability of ${name}, ${show(before)} until now, is no longer stated`
      : before === null
        ? `${name}, of which nothing was said, is now only ${show(after)}`
        : `Stability of ${name} lowered from ${show(before)} to ${show(after)}`,
  why: "Consumers relied on the higher promise.",
  fix: "Keep the level",
};
