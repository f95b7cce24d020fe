import { type Cause, quotes } from "../cause.ts";

const signs =
  /\bENOSPC\b|No space left on device|disk (?:is )?full|SQLSTATE[^\n]{0,10}53100|could not extend file|Disk quota exceeded|\bEDQUOT\b/i;

export const diskFull: Cause = {
  id: "disk-full",
  kind: "infrastructure",
  title: "A disk is full",
  why: "Nothing can be written: no log, no row, no temporary file. Reading still works, so it may look like something else.",
  check: "Run `df -h` and `df -i` where the process or its database runs; look for logs and old uploads.",
  find: ({ error }) => quotes(error.text, signs),
};
