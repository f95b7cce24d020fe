import type { ChangeRule } from "../change.ts";
import { show } from "./show.ts";

export const defaultChanged: ChangeRule = {
  id: "default-changed",
  title: "Defaults stay what they are",
  level: ({ direction, traits }) =>
    traits.in === "parameter" && direction === "request" ? "breaking" : "compatible",
  message: ({ before, after }) => `Default changed from ${show(before)} to ${show(after)}`,
  why: "Requests that leave the value out now mean something else.",
  fix: "Keep the default; let callers ask for the new behaviour",
};
