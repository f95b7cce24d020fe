import { randomUUID } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import { runProgram } from "../../../platform/test/shop-program.ts";
import { busOfShop } from "../support/bus-of-shop.ts";
import type { Shop } from "../support/open-shop.ts";

/** `npm run dlq` */
async function dlq({ platform, place }: Shop, ...args: string[]) {
  const program = runProgram("dlq", [...args, "--data", platform.dataDir], place.environment);
  return { code: await program.ended(), text: program.said() };
}

/** Messages that no consumer could process. */
export function deadLetters(shop: () => Shop): void {
  describe("a message that is not as its contract says", () => {
    test("goes to the dead letters at once with the reason, where it is listed, shown and replayed", async () => {
      const bus = await busOfShop(shop());
      onTestFinished(() => bus.close());
      const id = randomUUID();
      const body = {
        eventId: id,
        eventType: "order.confirmed",
        eventVersion: "v1",
        timestamp: "2026-11-23T10:15:00.000Z",
        data: { orderId: "no-uuid", userId: randomUUID(), customerEmail: "ada@example.com" },
      };
      await bus.publish([{ id, topic: "events.order.confirmed", body, headers: {} }]);
      const consumers = ["inventory-service", "notification-service"];
      const dead = async () => (await bus.deadLetters.list()).map(({ consumer }) => consumer).sort();
      await expect.poll(dead, { timeout: 30_000 }).toEqual(consumers);

      const listed = await dlq(shop(), "list");
      expect(listed).toMatchObject({ code: 0, text: expect.stringContaining(id) });
      expect(listed.text).toMatch(/order\.confirmed → inventory-service\n.*1 try: .*\/data/);
      const shown = await dlq(shop(), "show", id);
      expect(shown).toMatchObject({ code: 0, text: expect.stringContaining('"orderId": "no-uuid"') });

      const failedAt = async () => (await bus.deadLetters.list()).map((letter) => letter.failedAt);
      const before = await failedAt();
      expect(await dlq(shop(), "replay", id)).toMatchObject({ code: 0 });
      const isNew = async () => {
        const now = await failedAt();
        return now.length === before.length && now.every((time) => !before.includes(time));
      };
      await expect.poll(isNew, { timeout: 30_000 }).toBe(true);
      expect((await dlq(shop(), "show", randomUUID())).code).toBe(1);
    });
  });
}
