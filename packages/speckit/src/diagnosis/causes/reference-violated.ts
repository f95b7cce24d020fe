import { type Cause, quotes } from "../cause.ts";

const signs = /\b23503\b|violates foreign key constraint[^\n]*|FOREIGN KEY constraint failed/i;

export const referenceViolated: Cause = {
  id: "reference-violated",
  kind: "data",
  title: "A row refers to one that is not there, or is still referred to",
  why: "Things were stored or removed in another order than the tables expect.",
  check: "Look which of the two rows is missing, and who should have written it first.",
  find: ({ error }) => quotes(error.text, signs),
};
