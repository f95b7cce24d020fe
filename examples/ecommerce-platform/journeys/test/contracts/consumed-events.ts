import fs from "node:fs";
import path from "node:path";
import { verifyEvents } from "@speckit/cli/node";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { whileNothingIsReserved } from "../journeys/orders.ts";
import { withProfile } from "../journeys/profiles.ts";
import { eventContracts } from "../support/bus-of-shop.ts";
import { type Listener, listenIn } from "../support/listen-in.ts";
import type { Shop } from "../support/open-shop.ts";
import { post, put } from "../support/person.ts";
import { platformFolder } from "../support/platform-documents.ts";

const consumed = eventContracts.events.flatMap(({ type, producer, consumers }) =>
  consumers.map((consumer) => ({ event: type, producer, consumer })),
);

/** Does what makes every event happen. */
async function doEverything(shop: Shop): Promise<void> {
  const ada = await withProfile(await shop.newCustomer());
  const profile = { firstName: "Ada", lastName: "Byron", email: "byron@example.com" };
  await ada.does(`/api/v1/users/${ada.userId}`, put(profile));
  await ada.asks("/api/v1/auth/password-reset/request", post({ email: ada.email }));
  const tea = { sku: "TEA-100", quantity: 1 };
  await ada.orders([tea]);
  await ada.orders([{ sku: "COFFEE-1", quantity: 1 }]);
  await ada.orders([{ sku: "MUG-001", quantity: 100 }]);
  await whileNothingIsReserved(shop, async () => {
    const orderId = await ada.orders([tea]);
    const { status } = await ada.does(`/api/v1/orders/${orderId}/cancel`, { method: "POST" });
    expect(status).toBe(200);
  });
  await ada.does(`/api/v1/users/${ada.userId}`, { method: "DELETE" });
}

/** One test for each event and each service that consumes it. */
export function consumedEvents(shop: () => Shop): void {
  describe("an event that a service waits for is one that another really sends:", () => {
    let listener: Listener;
    beforeAll(async () => {
      listener = await listenIn(shop());
      await doEverything(shop());
    });
    afterAll(() => listener.stop());

    const heard = (type: string) => listener.heard.filter(({ eventType }) => eventType === type);
    const hear = async (type: string) => {
      await expect.poll(() => heard(type).length, { timeout: 30_000 }).toBeGreaterThan(0);
      return heard(type);
    };

    test.each(consumed)("$event of $producer for $consumer", async ({ event, producer, consumer }) => {
      const events = await hear(event);
      // As the producer's outbox and the consumer's inbox do, and as the toolkit does.
      expect(events.map((one) => eventContracts.validate(one))).toEqual(events.map(() => ({ ok: true })));
      const { findings } = verifyEvents({ contracts: contractsOf(producer), events });
      expect(findings).toEqual([]);

      const taken = await inboxOf(shop(), consumer);
      const ids = events.map(({ eventId }) => eventId);
      const missing = async () => {
        const known = await taken();
        return ids.filter((id) => !known.has(id));
      };
      await expect.poll(missing, { timeout: 30_000 }).toEqual([]);
    });

    test("none of them is one that its consumer cannot process", async () => {
      for (const { url } of shop().platform.services.values()) {
        const text = await (await fetch(`${url}/metrics`)).text();
        expect(text).not.toMatch(/^event_handling_seconds_count\{.*outcome="failed".*\} [1-9]/m);
      }
    });
  });
}

function contractsOf(service: string): string[] {
  const folder = path.join(platformFolder, "services", service, "contracts/events");
  return fs.readdirSync(folder).map((name) => path.join(folder, name));
}

/** Reads the ids of the events that a service has taken. */
async function inboxOf({ platform }: Shop, service: string): Promise<() => Promise<Set<string>>> {
  return async () => {
    const client = new pg.Client({ connectionString: platform.servers.databaseUrls.get(service) });
    await client.connect();
    const { rows } = await client.query("SELECT event_id FROM inbox");
    await client.end();
    return new Set(rows.map(({ event_id }) => event_id));
  };
}
