import type { Principle } from "../../model/constitution.ts";

/** The rules that hold services to a kind of principle. */
const enforcing: Readonly<Record<Principle["kind"], readonly string[]>> = {
  "path-version": ["path-unversioned"],
  "event-naming": ["event-misnamed"],
  "problem-details": ["problem-details-missing"],
  "health-checks": ["health-check-missing"],
  "own-database": ["database-shared"],
  "openapi-required": ["openapi-missing", "openapi-outdated"],
  authentication: ["authentication-missing", "security-missing"],
  technology: ["technology-mismatch"],
};

/** Ids of the rules that enforce a principle of that kind. */
export function enforcedBy(kind: Principle["kind"]): readonly string[] {
  return enforcing[kind];
}
