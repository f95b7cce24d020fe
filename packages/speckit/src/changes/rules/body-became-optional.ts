import type { ChangeRule } from "../change.ts";

export const bodyBecameOptional: ChangeRule = {
  id: "body-became-optional",
  title: "Bodies that become optional",
  level: () => "compatible",
  message: () => "The request body may now be left out",
  why: "Calls with it work as before.",
  fix: "Nothing to do",
};
