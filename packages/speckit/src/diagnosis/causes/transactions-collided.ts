import { type Cause, quotes } from "../cause.ts";

const signs =
  /\b40P01\b|\b40001\b|deadlock detected|could not serialize access|Deadlock found|\b55P03\b|Lock wait timeout/i;

export const transactionsCollided: Cause = {
  id: "transactions-collided",
  kind: "data",
  title: "Two transactions wanted the same rows at once",
  why: "The database ended one of them so that the other can go on. Nothing is broken; the one that was ended has to be repeated.",
  check:
    "Take locks in one order everywhere (sorted by key), keep transactions short, and repeat the one that was ended.",
  find: ({ error }) => quotes(error.text, signs),
};
