import { type Cause, quotes } from "../cause.ts";

const signs = /\bEMFILE\b|\bENFILE\b|too many open files/i;

export const filesExhausted: Cause = {
  id: "files-exhausted",
  kind: "infrastructure",
  title: "Too many files or connections are open in one process",
  why: "Each connection is a file to the system. Usually something is opened for each request and not closed.",
  check: "Count with `lsof -p PID | wc -l` twice, a minute apart: a leak grows. Else raise `ulimit -n`.",
  find: ({ error }) => quotes(error.text, signs),
};
