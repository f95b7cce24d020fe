import pg from "pg";
import { expect, test } from "vitest";
import type { Shop } from "../support/open-shop.ts";

/** Each service has a database and a role of its own. */
export function separateDatabases(shop: () => Shop): void {
  test("no service can open the database of another", async () => {
    const { databaseUrls } = shop().platform.servers;
    const prefix = shop().place.environment.PLATFORM_PREFIX ?? "";
    const urls = [...databaseUrls.values()].map((url) => new URL(url));
    const names = ["auth", "user", "inventory", "order", "notification"].map(
      (name) => `/${prefix}${name}_db`,
    );
    expect(urls.map(({ pathname }) => pathname)).toEqual(names);
    for (const url of urls) {
      const others = names.filter((name) => name !== url.pathname);
      await expect(enter(url.href)).resolves.toBeUndefined();
      for (const name of others)
        await expect(enter(new URL(name, url).href)).rejects.toThrow("permission denied for database");
    }
  });
}

async function enter(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  try {
    await client.connect();
  } finally {
    await client.end().catch(() => undefined);
  }
}
