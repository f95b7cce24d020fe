import { type ChangeRule, levelOf } from "../change.ts";

export const requiredBodyAdded: ChangeRule = {
  id: "required-body-added",
  title: "No required body is added",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: () => "New required request body",
  why: "Calls without a body, which were valid, are now rejected.",
  fix: "Make the body optional or bump version to {next version}",
};
