import { type ChangeRule, levelOf } from "../change.ts";

export const parameterBecameRequired: ChangeRule = {
  id: "parameter-became-required",
  title: "No parameter becomes required",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ name }) => `Parameter '${name}' is now required`,
  why: "Calls that leave it out, which were valid, are now rejected.",
  fix: "Make the parameter optional or bump version to {next version}",
};
