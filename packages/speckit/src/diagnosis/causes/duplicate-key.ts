import { type Cause, quotes } from "../cause.ts";

const signs =
  /\b23505\b|duplicate key value[^\n]*|UNIQUE constraint failed[^\n]*|Duplicate entry[^\n]*|UniqueViolation|E11000/;

export const duplicateKey: Cause = {
  id: "duplicate-key",
  kind: "data",
  title: "A row with this key is there already",
  why: "The same thing was stored twice: a request or message came a second time, or two came at once and both looked before they wrote.",
  check:
    "Store the key of the request or the id of the event in the transaction of its effect, and answer the second one as the first.",
  find: ({ error }) => quotes(error.text, signs),
};
