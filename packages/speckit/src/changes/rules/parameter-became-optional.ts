import type { ChangeRule } from "../change.ts";

export const parameterBecameOptional: ChangeRule = {
  id: "parameter-became-optional",
  title: "Parameters that become optional",
  level: () => "compatible",
  message: ({ name }) => `Parameter '${name}' may now be left out`,
  why: "Calls with it work as before.",
  fix: "Nothing to do",
};
