import { groupBy } from "../../model/group-by.ts";
import type { DatabaseUse, Service } from "../../model/workspace.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { principlesOf, statementOf } from "./principles-of.ts";

/** Names that every second example has: only where the server is the same too they mean one database. */
const common =
  /^(?:app|application|api|backend|main|default|service|data|database|db|dev|development|test|prod|production|local|postgres|postgresql|mysql|mongo|mongodb|root|admin|public)$/i;
/** Names to be filled in. */
const placeholder = /^(?:(?:my|your|the|some)[_-]?\w*|(?:db|database)[_-]?name|name|changeme|example|xxx+)$/i;

interface Use extends DatabaseUse {
  readonly service: Service;
}

export const databaseShared: Check = {
  id: "database-shared",
  area: "principles",
  severity: "warning",
  title: "No two services use one database",
  why: "A change of the one service's tables breaks the other, and neither can be released alone.",
  fix: "Give each service a database of its own; let the other ask by its contract or listen to its events.",

  *run(workspace) {
    const [principle] = principlesOf(workspace, "own-database");
    if (!principle) return;
    const uses = workspace.services.flatMap((service) =>
      service.databases.map((use): Use => ({ ...use, service })),
    );
    for (const group of groupBy(uses, ({ name }) => name.toLowerCase()).values()) {
      for (const same of oneDatabase(group)) {
        const [first, second, ...others] = [...groupBy(same, ({ service }) => service).values()].flatMap(
          (own) => own.slice(0, 1),
        );
        if (!first || !second) continue;
        const names = [first, second, ...others].map(({ service }) => service.name);
        yield {
          message: `${listing(names, 5)} use one database, '${first.name}'.`,
          at: second.at,
          related: [
            ...[first, ...others].map(({ service, at }) => ({ message: `${service.name} uses it here`, at })),
            statementOf(principle),
          ],
        };
      }
    }
  },
};

/** Splits uses of one name by server. Where only one server is known, uses that name none mean it too, unless the name is everybody's. */
function oneDatabase(uses: readonly Use[]): Use[][] {
  const name = uses[0]?.name ?? "";
  if (placeholder.test(name)) return [];
  const unknown = uses.filter(({ server }) => server === undefined);
  const byServer = [
    ...groupBy(
      uses.filter(({ server }) => server !== undefined),
      ({ server }) => server,
    ),
  ];
  if (common.test(name))
    return byServer.filter(([server]) => !isOwnMachine(server)).map(([, group]) => group);
  const [only] = byServer;
  if (byServer.length <= 1) return [[...(only?.[1] ?? []), ...unknown]];
  return [...byServer.map(([, group]) => group), unknown];
}

function isOwnMachine(server = ""): boolean {
  return /^(?:localhost|127\.0\.0\.1|host\.docker\.internal)(?::|$)/.test(server);
}
