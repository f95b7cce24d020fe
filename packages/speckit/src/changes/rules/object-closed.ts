import { type ChangeRule, levelOf } from "../change.ts";

export const objectClosed: ChangeRule = {
  id: "object-closed",
  title: "Open objects stay open",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: () => "Unknown fields are now turned away",
  why: "Writers that send more than is listed are rejected.",
  fix: "Keep additional properties allowed",
};
