import { type ChangeRule, levelOf } from "../change.ts";

export const requiredParameterAdded: ChangeRule = {
  id: "required-parameter-added",
  title: "No required parameter is added",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ name }) => `New required parameter '${name}'`,
  why: "Calls that leave it out, which were valid, are now rejected.",
  fix: "Make the parameter optional or bump version to {next version}",
};
