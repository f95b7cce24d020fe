import type { ChangeRule } from "../change.ts";

export const responseAdded: ChangeRule = {
  id: "response-added",
  title: "Answers that are added",
  level: () => "compatible",
  message: ({ name }) => `New response ${name}`,
  why: "Consumers handle status codes they do not know by their first digit.",
  fix: "Nothing to do",
};
