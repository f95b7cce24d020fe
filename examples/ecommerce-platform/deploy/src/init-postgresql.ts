import { type GeneratedFile, header } from "./generated-file.ts";
import type { Workload } from "./workloads.ts";
import { commentLines } from "./yaml-text.ts";

/** What a new PostgreSQL server runs once: a database and a role for each service, as `npm run platform` makes them. */
export function initPostgresql(workloads: readonly Workload[]): GeneratedFile {
  const owned = workloads.flatMap(({ database }) => database ?? []);
  const text = `#!/bin/sh
${commentLines(header("Makes a database and its role for each service."))}
set -eu

make() {
  psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres \\
    --set=database="$1" --set=role="$2" --set=password="$3" <<'SQL'
CREATE ROLE :"role" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE :"database" OWNER :"role" TEMPLATE template0 ENCODING 'UTF8';
-- PostgreSQL lets everybody connect to a new database. Data is its owner's alone.
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
SQL
}

${owned.map(({ name, role, passwordName }) => `make ${name} ${role} "$${passwordName}"`).join("\n")}
psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
SQL
`;
  return { path: "deploy/servers/init-postgresql.sh", text };
}
