import type { Principle } from "../../model/constitution.ts";
import { isHealth } from "../../model/operation-purpose.ts";
import type { Service } from "../../model/workspace.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { principlesOf, statementOf } from "./principles-of.ts";

export const healthCheckMissing: Check = {
  id: "health-check-missing",
  area: "principles",
  severity: "warning",
  title: "Every service answers for its health",
  why: "Orchestrators and load balancers keep sending requests to an instance that they cannot ask.",
  fix: "Add the operation to the contract and to the service.",

  *run(workspace) {
    for (const principle of principlesOf(workspace, "health-checks")) {
      for (const service of workspace.services) {
        const [api] = service.apis.filter(({ operations }) => operations.some(({ webhook }) => !webhook));
        if (!api) continue;
        const missing = missingPaths(principle, service);
        if (missing.length === 0) continue;
        yield {
          message: `${service.name} has no operation ${listing(missing.map((path) => `'GET ${path}'`))}.`,
          at: { file: api.file, pointer: "/paths" },
          related: [statementOf(principle)],
        };
      }
    }
  },
};

function missingPaths(
  { paths, statement }: Extract<Principle, { kind: "health-checks" }>,
  { apis }: Service,
): string[] {
  const offered = apis.flatMap(({ operations, basePaths }) =>
    operations
      .filter(({ method }) => method === "GET")
      .flatMap(({ path }) => ["", ...basePaths].map((base) => trimmed(base + path))),
  );
  const isNamed = paths.some((path) => statement.text.includes(path));
  // A text that names no path leaves it to the service: /healthz and /actuator/health do as well.
  if (!isNamed && offered.some(isHealth)) return [];
  return paths.filter(
    (path) => !offered.some((other) => other === trimmed(path) || other.endsWith(trimmed(path))),
  );
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, "");
}
