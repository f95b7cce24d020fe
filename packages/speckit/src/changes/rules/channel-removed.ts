import type { ChangeRule } from "../change.ts";

export const channelRemoved: ChangeRule = {
  id: "channel-removed",
  title: "No channel is given up",
  level: () => "breaking",
  message: ({ name, traits: { role } }) =>
    role === "receives" ? `Nothing is received on ${name} any more` : `Nothing is sent to ${name} any more`,
  why: "Those at the other end send to nobody, or wait for messages that no longer come.",
  fix: "Keep the channel until nobody is left at its other end",
};
