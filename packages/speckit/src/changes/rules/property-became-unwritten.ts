import type { ChangeRule } from "../change.ts";

export const propertyBecameUnwritten: ChangeRule = {
  id: "property-became-unwritten",
  title: "Fields that stop being sent",
  level: () => "compatible",
  message: ({ name }) => `Field '${name}' is no longer sent`,
  why: "Senders may go on sending it; it is ignored.",
  fix: "Nothing to do",
};
