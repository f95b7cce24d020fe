import { type Cause, quotes } from "../cause.ts";

const signs =
  /heap out of memory|OOMKilled|OutOfMemory(?:Error|Exception)|\bMemoryError\b|Cannot allocate memory|\bENOMEM\b|runtime: out of memory|oom-kill|SQLSTATE 53200/i;

export const outOfMemory: Cause = {
  id: "out-of-memory",
  kind: "infrastructure",
  title: "A process had no memory left",
  why: "What it was doing is lost, whatever it was; the place in the trace is where memory ran out, seldom what used it.",
  check:
    "Compare the memory limit with what the process used over time; look for lists that grow with every request.",
  find: ({ error }) => quotes(error.text, signs),
};
