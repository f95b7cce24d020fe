import { type ChangeRule, levelOf } from "../change.ts";

export const responseHeaderBecameOptional: ChangeRule = {
  id: "response-header-became-optional",
  title: "Response headers keep coming",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ name }) => `Response header '${name}' may now be missing`,
  why: "Consumers that take it for granted fail when it is missing.",
  fix: "Keep sending the header",
};
