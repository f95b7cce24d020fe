import { type ChangeRule, levelOf } from "../change.ts";

export const bodyBecameRequired: ChangeRule = {
  id: "body-became-required",
  title: "No body becomes required",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: () => "The request body is now required",
  why: "Calls without a body, which were valid, are now rejected.",
  fix: "Keep the body optional or bump version to {next version}",
};
