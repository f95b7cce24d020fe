import type { Check } from "../check.ts";
import { problemsOf } from "./problems-of.ts";

export const unknownConfigKey: Check = {
  id: "unknown-config-key",
  area: "reading",
  severity: "warning",
  title: "Every key of the configuration is known",
  why: "A misspelt key has no effect, and nobody notices.",
  fix: "Correct the key, or remove it. docs/reference/configuration.md lists all keys.",

  run(workspace) {
    return problemsOf("unknown-config-key", workspace);
  },
};
