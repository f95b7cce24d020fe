import { type ChangeRule, levelOf } from "../change.ts";

export const responseHeaderRemoved: ChangeRule = {
  id: "response-header-removed",
  title: "No response header is taken away",
  level: ({ effect }, variance) => (levelOf(effect, variance) === "breaking" ? "breaking" : "risky"),
  message: ({ name }) => `Response header '${name}' removed`,
  why: "Consumers that read it find nothing.",
  fix: "Keep the header",
};
