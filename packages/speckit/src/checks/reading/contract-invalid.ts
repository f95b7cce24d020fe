import type { Check } from "../check.ts";
import { problemsOf } from "./problems-of.ts";

export const contractInvalid: Check = {
  id: "contract-invalid",
  area: "api",
  severity: "error",
  title: "Every contract follows its specification",
  why: "Generators, gateways and mocks refuse, or silently drop, what the specification does not allow.",
  fix: "Write it as the specification says.",

  run(workspace) {
    return problemsOf("contract-invalid", workspace);
  },
};
