import type { ChangeRule } from "../change.ts";

export const eventAdded: ChangeRule = {
  id: "event-added",
  title: "Events that are added",
  level: () => "compatible",
  message: ({ name }) => `New event ${name}`,
  why: "Nobody waited for it before.",
  fix: "Nothing to do",
};
