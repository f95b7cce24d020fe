import type { ChangeRule } from "../change.ts";

export const responseHeaderBecameRequired: ChangeRule = {
  id: "response-header-became-required",
  title: "Response headers that always come",
  level: () => "compatible",
  message: ({ name }) => `Response header '${name}' always comes now`,
  why: "Consumers that can do without it still can.",
  fix: "Nothing to do",
};
