import { Client } from "pg";

export interface DatabaseOfService {
  readonly database: string;
  readonly role: string;
  readonly password: string;
}

/**
 * Makes a role and its database on a server, or brings them up to this password when they exist. Nobody else may open the database.
 * Returns the URL with which the role opens it. `adminUrl` is of a role that may make roles and databases.
 */
export async function prepareDatabase(adminUrl: string, wanted: DatabaseOfService): Promise<string> {
  const { database, role, password } = wanted;
  await withClient(adminUrl, async (client) => {
    const name = client.escapeIdentifier(role);
    const hasRole = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
    await client.query(
      `${hasRole.rowCount ? "ALTER" : "CREATE"} ROLE ${name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${client.escapeLiteral(password)}`,
    );
    const hasDatabase = await client.query("SELECT FROM pg_database WHERE datname = $1", [database]);
    const quoted = client.escapeIdentifier(database);
    if (!hasDatabase.rowCount)
      await client.query(`CREATE DATABASE ${quoted} OWNER ${name} TEMPLATE template0 ENCODING 'UTF8'`);
    await client.query(`REVOKE ALL ON DATABASE ${quoted} FROM PUBLIC`);
  });
  const url = new URL(adminUrl);
  url.username = encodeURIComponent(role);
  url.password = encodeURIComponent(password);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
