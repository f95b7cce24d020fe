import { type Cause, quotes } from "../cause.ts";

const signs =
  /ERR_MODULE_NOT_FOUND|Cannot find (?:module|package)|MODULE_NOT_FOUND|ModuleNotFoundError|ImportError: [^\n]*|ClassNotFoundException|NoClassDefFoundError|cannot find package|no required module provides package/;

export const moduleMissing: Cause = {
  id: "module-missing",
  kind: "configuration",
  title: "A module or class that the code needs is not there",
  why: "Dependencies were not installed, or what was built is not what is started.",
  check: "Install and build again from a clean checkout; compare the quoted name with the manifest.",
  find: ({ error }) => quotes(error.text, signs),
};
