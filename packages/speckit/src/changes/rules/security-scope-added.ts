import type { ChangeRule } from "../change.ts";
import { show } from "./show.ts";

export const securityScopeAdded: ChangeRule = {
  id: "security-scope-added",
  title: "No further scope is asked for",
  level: () => "risky",
  message: ({ before, after }) => `Access now needs ${show(after)}, before ${show(before)}`,
  why: "Consumers whose tokens lack the scope are turned away.",
  fix: "Grant the scope to all consumers first",
};
