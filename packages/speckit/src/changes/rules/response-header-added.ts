import type { ChangeRule } from "../change.ts";

export const responseHeaderAdded: ChangeRule = {
  id: "response-header-added",
  title: "Response headers that are added",
  level: () => "compatible",
  message: ({ name }) => `New response header '${name}'`,
  why: "Consumers that do not know it ignore it.",
  fix: "Nothing to do",
};
