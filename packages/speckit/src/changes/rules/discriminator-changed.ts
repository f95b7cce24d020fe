import type { ChangeRule } from "../change.ts";

export const discriminatorChanged: ChangeRule = {
  id: "discriminator-changed",
  title: "Discriminators stay what they are",
  level: () => "compatible",
  message: () => "Discriminator changed",
  why: "Generated code may tell the shapes apart differently; messages are the same.",
  fix: "Nothing to do",
};
