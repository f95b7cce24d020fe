import type { ChangeRule } from "../change.ts";

export const eventRemoved: ChangeRule = {
  id: "event-removed",
  title: "No event is taken away",
  level: () => "breaking",
  message: ({ name }) => `Event ${name} removed`,
  why: "Consumers wait for messages that no longer come.",
  fix: "Keep publishing it until no consumer is left",
};
