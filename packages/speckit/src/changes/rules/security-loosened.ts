import type { ChangeRule } from "../change.ts";
import { show } from "./show.ts";

export const securityLoosened: ChangeRule = {
  id: "security-loosened",
  title: "Ways in that are added",
  level: () => "compatible",
  message: ({ before, after }) => `Access needs ${show(after)}, before ${show(before)}`,
  why: "Consumers that come as before are let in.",
  fix: "Make sure that it is meant",
};
