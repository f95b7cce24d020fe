import type { ChangeRule } from "../change.ts";

export const channelAdded: ChangeRule = {
  id: "channel-added",
  title: "Channels that are added",
  level: () => "compatible",
  message: ({ name, traits: { role } }) =>
    role === "receives" ? `Receives on ${name} now` : `Sends to ${name} now`,
  why: "Nobody relied on it before.",
  fix: "Nothing to do",
};
