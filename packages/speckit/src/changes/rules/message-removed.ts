import type { ChangeRule } from "../change.ts";

export const messageRemoved: ChangeRule = {
  id: "message-removed",
  title: "No message is taken from a channel",
  level: () => "breaking",
  message: ({ name }) => `Message ${name} removed`,
  why: "Receivers wait for it in vain; what senders still send of it is not understood.",
  fix: "Keep the message until nobody sends or reads it",
};
