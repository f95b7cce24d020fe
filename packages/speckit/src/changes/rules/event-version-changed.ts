import type { ChangeRule } from "../change.ts";
import { show } from "./show.ts";

export const eventVersionChanged: ChangeRule = {
  id: "event-version-changed",
  title: "An event keeps its version",
  level: () => "risky",
  message: ({ name, before, after }) => `Version of ${name} changed from ${show(before)} to ${show(after)}`,
  why: "Consumers that look at the version do not know the new one.",
  fix: "Publish the new version beside the old one",
};
