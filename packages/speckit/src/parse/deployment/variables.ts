import type { DatabaseReference } from "../../model/deployment.ts";
import type { Location } from "../../model/location.ts";
import { parseDatabaseUrl } from "./database-url.ts";

/** An environment variable with its value as written. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly at: () => Location;
}

/** `DB_NAME`, `ORDER_DB_NAME`, `DATABASE_NAME`, `POSTGRES_DB`, `MYSQL_DATABASE`, `PGDATABASE`; what precedes the last word is shared with the host. */
const nameVariable =
  /^((?:\w+_)?(?:DB|DATABASE|POSTGRES|POSTGRESQL|PG|MYSQL|MARIADB|MONGO|MONGODB|MSSQL)_?)(?:NAME|DB|DATABASE|DBNAME|DB_NAME)$/;

/** The databases that variables name, in their order. Values that are left to be filled in from elsewhere count for nothing. */
export function databasesIn(variables: readonly Variable[]): DatabaseReference[] {
  const values = new Map(variables.map(({ name, value }) => [name, value]));
  return variables.flatMap(({ name: variable, value: raw, at }) => {
    const value = interpolate(raw, values);
    const url = parseDatabaseUrl(value);
    if (url) return [{ ...url, variable, at: at() }];
    const prefix = nameVariable.exec(variable)?.[1];
    if (prefix === undefined || !/^[\w-]+$/.test(value)) return [];
    return [{ name: value, server: serverBeside(prefix, values), variable, at: at() }];
  });
}

function serverBeside(prefix: string, values: ReadonlyMap<string, string>): string | undefined {
  const host = interpolate(values.get(`${prefix}HOST`) ?? values.get(`${prefix}HOSTNAME`) ?? "", values);
  return /^[\w.-]+$/.test(host) ? host.toLowerCase() : undefined;
}

/** `${NAME}`, `${NAME:-default}` and Kubernetes' `$(NAME)`, from the variables beside it or the default; what is unknown stays as it is. */
function interpolate(value: string, values: ReadonlyMap<string, string>): string {
  return value.replace(
    /\$\{(\w+)(?::?-([^}]*))?\}|\$\((\w+)\)/g,
    (all, name: string | undefined, fallback: string | undefined, other: string | undefined) => {
      const known = values.get(name ?? other ?? "");
      return known !== undefined && !known.includes("$") ? known : (fallback ?? all);
    },
  );
}
