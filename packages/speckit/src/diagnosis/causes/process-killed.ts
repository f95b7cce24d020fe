import { type Cause, quotes } from "../cause.ts";

const signs =
  /\bSIGKILL\b|\bexit(?:ed)?(?: with)?(?: code| status)?[: =]*137\b|signal: killed|^Killed$|CrashLoopBackOff|Liveness probe failed/im;

export const processKilled: Cause = {
  id: "process-killed",
  kind: "infrastructure",
  title: "A process was ended from outside",
  why: "It was given no time to say why: by the kernel for its memory, by an orchestrator whose probe failed, or by a person.",
  check:
    "Ask the supervisor: the last state of the pod or container, its exit code, and the kernel's log at that minute.",
  find: ({ error }) => quotes(error.text, signs),
};
