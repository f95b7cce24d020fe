import type { ChangeRule } from "../change.ts";
import { show } from "./show.ts";

export const operationIdChanged: ChangeRule = {
  id: "operation-id-changed",
  title: "operationIds stay what they are",
  level: () => "compatible",
  message: ({ before, after }) => `operationId changed from ${show(before)} to ${show(after)}`,
  why: "Calls are the same; generated clients name the method differently.",
  fix: "Keep the operationId where clients are generated",
};
