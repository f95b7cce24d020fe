import type { ChangeRule } from "../change.ts";

export const mediaTypeAdded: ChangeRule = {
  id: "media-type-added",
  title: "Media types that are added",
  level: () => "compatible",
  message: ({ name }) => `New media type '${name}'`,
  why: "Consumers get what they ask for, as before.",
  fix: "Nothing to do",
};
