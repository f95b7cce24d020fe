import { type Cause, quotes } from "../cause.ts";

const signs =
  /Maximum call stack size exceeded|RecursionError|StackOverflowError|goroutine stack exceeds|too much recursion/;

export const recursionEndless: Cause = {
  id: "recursion-endless",
  kind: "code",
  title: "A function calls itself without end",
  why: "A structure contains itself, or the case that should end the recursion never comes.",
  check: "The frames repeat: look at the ones that do, and at what they hand on.",
  find: ({ error }) => quotes(error.text, signs),
};
