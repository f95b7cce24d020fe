import { type Environment, optional, removeRabbitBus, required } from "@speckit/service-kit";
import { Client } from "pg";
import { shopTopology } from "./contracts.ts";
import { namesOn } from "./servers.ts";

/**
 * Removes what a platform made on real servers, for tests and measurements: databases, roles and queues that begin with PLATFORM_PREFIX, which
 * must not be empty. The platform must have stopped.
 */
export async function removeShop(environment: Environment): Promise<void> {
  const prefix = required(environment, "PLATFORM_PREFIX");
  const databaseUrl = optional(environment, "DATABASE_URL");
  const amqpUrl = optional(environment, "AMQP_URL");
  if (databaseUrl !== undefined) await removeDatabases(databaseUrl, prefix);
  if (amqpUrl !== undefined) await removeRabbitBus({ url: amqpUrl, topology: shopTopology(), prefix });
}

async function removeDatabases(url: string, prefix: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { databases, roles } = namesOn(prefix);
    for (const name of databases) {
      await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
    }
    for (const name of roles) await client.query(`DROP ROLE IF EXISTS ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
