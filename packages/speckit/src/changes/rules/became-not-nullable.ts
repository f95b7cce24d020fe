import { type ChangeRule, levelOf } from "../change.ts";

export const becameNotNullable: ChangeRule = {
  id: "became-not-nullable",
  title: "Null stays allowed for writers",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: () => "May no longer be null",
  why: "Writers that send null are turned away.",
  fix: "Keep accepting null",
};
