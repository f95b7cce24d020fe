import type { Check } from "../check.ts";
import { problemsOf } from "../reading/problems-of.ts";

export const schemaBroken: Check = {
  id: "schema-broken",
  area: "api",
  severity: "error",
  title: "Every schema can be satisfied and means what it says",
  why: "Generators and validators refuse such a schema, or silently let everything or nothing through.",
  fix: "Correct the schema at that place.",

  run(workspace) {
    return problemsOf("schema-broken", workspace);
  },
};
