import type { Check } from "../check.ts";
import { apisOf } from "../contracts/contracts-of.ts";
import { principlesOf, statementOf } from "./principles-of.ts";

export const openApiOutdated: Check = {
  id: "openapi-outdated",
  area: "principles",
  severity: "warning",
  title: "Every contract uses the version of OpenAPI that the constitution asks for",
  why: "Tools of the platform expect that version and misread older ones.",
  fix: "Move the contract to the version that the constitution names.",

  *run(workspace) {
    const principle = principlesOf(workspace, "openapi-required").find(
      ({ version }) => version !== undefined,
    );
    if (!principle?.version) return;
    for (const { file, specification } of apisOf(workspace)) {
      if (Number(specification) >= Number(principle.version)) continue;
      yield {
        message: `The contract uses OpenAPI ${specification}; the constitution asks for ${principle.version}.`,
        at: { file, pointer: "/openapi" },
        related: [statementOf(principle)],
      };
    }
  },
};
