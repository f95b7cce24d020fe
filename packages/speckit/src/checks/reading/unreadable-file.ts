import type { Check } from "../check.ts";
import { problemsOf } from "./problems-of.ts";

export const unreadableFile: Check = {
  id: "unreadable-file",
  area: "contract-reading",
  severity: "error",
  title: "Every file can be read",
  why: "What is in an unreadable file is not checked, and whoever relies on the file cannot read it either.",
  fix: "Mend the file at that place; nothing else in it was looked at.",

  run(workspace) {
    return problemsOf("unreadable-file", workspace);
  },
};
