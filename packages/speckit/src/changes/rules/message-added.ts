import { type ChangeRule, levelOf } from "../change.ts";

export const messageAdded: ChangeRule = {
  id: "message-added",
  title: "No message comes to a channel whose readers do not know it",
  level: ({ effect }, variance) => (levelOf(effect, variance) === "breaking" ? "risky" : "compatible"),
  message: ({ name }) => `New message ${name}`,
  why: "Receivers that read the channel get messages that they never had to handle.",
  fix: "Tell the receivers, or send it to a channel of its own",
};
