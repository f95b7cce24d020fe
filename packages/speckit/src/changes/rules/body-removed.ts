import { type ChangeRule, levelOf } from "../change.ts";

export const bodyRemoved: ChangeRule = {
  id: "body-removed",
  title: "No request body is taken away",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: () => "Request body removed",
  why: "What consumers send is ignored or turned away.",
  fix: "Keep accepting the body",
};
