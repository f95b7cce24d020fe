import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const securityTightened: ChangeRule = {
  id: "security-tightened",
  title: "Who was let in is let in",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ before, after }) => `Access now needs ${show(after)}, before ${show(before)}`,
  why: "Consumers that come as before are turned away.",
  fix: "Keep the old way open beside the new one, or bump version to {next version}",
};
