/** What an address says about a database, without user and password. */
export interface DatabaseAddress {
  readonly name: string;
  readonly server: string | undefined;
}

const usualPorts: Readonly<Record<string, string>> = {
  postgres: "5432",
  postgresql: "5432",
  cockroachdb: "26257",
  mysql: "3306",
  mariadb: "3306",
  mongodb: "27017",
  sqlserver: "1433",
  mssql: "1433",
  oracle: "1521",
  db2: "50000",
};
const address = new RegExp(
  `^(?:jdbc:)?(${Object.keys(usualPorts).join("|")})(?:\\+[\\w-]+)?:(?:thin:@)?(?://)?(.+)$`,
  "i",
);
const isOpen = (text: string) => /[$<>{}()]/.test(text);

/**
 * Reads the address of a database: a URL, a JDBC URL or an ADO.NET connection string. Undefined when the text is none, or when the database's
 * name is left to be filled in.
 */
export function parseDatabaseUrl(text: string): DatabaseAddress | undefined {
  const [, scheme, rest] = address.exec(text.trim()) ?? [];
  return scheme !== undefined && rest !== undefined
    ? fromUrl(scheme.toLowerCase(), rest)
    : fromPairs(text, "database", "initial catalog", "databasename");
}

/** `user:secret@host:5432/orders?schema=sales`, or SQL Server's `host:1433;databaseName=orders`. */
function fromUrl(scheme: string, rest: string): DatabaseAddress | undefined {
  const [authority = "", ...path] = rest.slice(rest.lastIndexOf("@") + 1).split(/[/;]/);
  if (path.some((part) => /^database(?:name)?=/i.test(part))) {
    const named = fromPairs(path.join(";"), "database", "databasename");
    return named && { name: named.name, server: serverOf(authority, scheme) };
  }
  const [database = "", query = ""] = path.join("/").split("?");
  const schema = /(?:^|&)(?:schema|currentschema|search_path)=([^&]+)/i.exec(query)?.[1];
  const name = schema === undefined ? database : `${database}.${schema}`;
  return database === "" || isOpen(name) ? undefined : { name, server: serverOf(authority, scheme) };
}

/** `Host=db;Database=orders;…` */
function fromPairs(text: string, ...keys: string[]): DatabaseAddress | undefined {
  if (!text.includes("=") || !/database|catalog/i.test(text)) return undefined;
  const pairs = new Map(
    text.split(";").flatMap((pair) => {
      const [key = "", value] = pair.split("=");
      return value === undefined ? [] : [[key.trim().toLowerCase(), value.trim()] as const];
    }),
  );
  const name = keys.map((key) => pairs.get(key)).find((value) => value !== undefined);
  if (!name || isOpen(name)) return undefined;
  const host = pairs.get("host") ?? pairs.get("server") ?? pairs.get("data source");
  return { name, server: host === undefined || isOpen(host) ? undefined : host.toLowerCase() };
}

function serverOf(authority: string, scheme: string): string | undefined {
  const server = authority.toLowerCase().replace(`:${usualPorts[scheme]}`, "");
  return server === "" || isOpen(server) ? undefined : server;
}
