import type { ChangeRule } from "../change.ts";

export const mediaTypeRemoved: ChangeRule = {
  id: "media-type-removed",
  title: "No media type is taken away",
  level: () => "breaking",
  message: ({ name }) => `Media type '${name}' removed`,
  why: "Consumers that send it, or ask for it, get an error.",
  fix: "Keep the media type",
};
