import type { ChangeRule } from "../change.ts";

export const bodyAdded: ChangeRule = {
  id: "body-added",
  title: "Bodies that are added",
  level: () => "compatible",
  message: () => "A body may now be sent",
  why: "Calls without it work as before.",
  fix: "Nothing to do",
};
