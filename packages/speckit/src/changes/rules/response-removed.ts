import type { ChangeRule } from "../change.ts";

export const responseRemoved: ChangeRule = {
  id: "response-removed",
  title: "No success answer is taken away",
  level: ({ traits }) => (/^[23]/.test(traits.status ?? "") ? "breaking" : "compatible"),
  message: ({ name }) => `Response ${name} removed`,
  why: "Consumers wait for the answer that no longer comes.",
  fix: "Keep the status code",
};
