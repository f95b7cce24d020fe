import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { forgetOld } from "../../src/events/inbox.ts";
import {
  ConsumerMismatch,
  correlation,
  createLogger,
  type Database,
  type Delivery,
  type EventConsumer,
  Poison,
  Postponed,
  type Subscription,
  startConsumers,
} from "../../src/index.ts";
import { silentLog, testDatabase, testMetrics } from "../../src/testing/index.ts";
import { contracts, envelope, migrations, orderCreated, type Tables } from "./market.ts";

const orderId = "7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f";
let database: Database<Tables>;
let started: { stop(): Promise<void> } | undefined;

beforeAll(async () => {
  database = await testDatabase<Tables>(migrations);
});
beforeEach(async () => {
  await database.pool.query("DELETE FROM inbox; DELETE FROM seen");
});
afterEach(async () => {
  await started?.stop();
  started = undefined;
});
afterAll(() => database.close());

const noteOrder: EventConsumer<Tables>["handle"] = async ({ data }, trx) => {
  await trx
    .insertInto("seen")
    .values({ order_id: (data as { orderId: string }).orderId })
    .execute();
};

/** Starts consumers on a bus that delivers what the test hands to it. */
async function receiving(
  handle: EventConsumer<Tables>["handle"],
  parts: Partial<Parameters<typeof startConsumers<Tables>>[0]> = {},
): Promise<Subscription> {
  const subscribed: Subscription[] = [];
  started = await startConsumers<Tables>({
    service: "inventory-service",
    database,
    bus: {
      async subscribe(subscription) {
        subscribed.push(subscription);
        return { stop: async () => {} };
      },
    },
    contracts,
    consumers: [{ eventType: "order.created", handle }],
    log: silentLog(),
    metrics: testMetrics(),
    ...parts,
  });
  return subscribed[0] as Subscription;
}

function delivery(body: object = envelope(orderCreated(orderId)), headers = {}): Delivery {
  return { id: "d-1", topic: "events.order.created", body, headers, attempt: 1 };
}

async function state(): Promise<{ seen: number; inbox: number }> {
  const { rows } = await database.pool.query<{ seen: number; inbox: number }>(
    "SELECT (SELECT count(*) FROM seen) AS seen, (SELECT count(*) FROM inbox) AS inbox",
  );
  return rows[0] as { seen: number; inbox: number };
}

describe("consuming an event", () => {
  test("makes its effect and notes it", async () => {
    const { consumer, handle } = await receiving(noteOrder);
    await handle(delivery());
    expect(consumer).toBe("inventory-service");
    expect(await state()).toEqual({ seen: 1, inbox: 1 });
  });

  test("makes its effect once, however often it is delivered", async () => {
    const { handle } = await receiving(noteOrder);
    const event = envelope(orderCreated(orderId));
    for (let time = 0; time < 3; time++) await handle(delivery(event));
    expect(await state()).toEqual({ seen: 1, inbox: 1 });
  });

  test("makes its effect once when it is delivered twenty times at once", async () => {
    const { handle } = await receiving(noteOrder);
    const event = envelope(orderCreated(orderId));
    await Promise.all(Array.from({ length: 20 }, () => handle(delivery(event))));
    expect(await state()).toEqual({ seen: 1, inbox: 1 });
  });

  test("leaves a line in the log, by which the request that caused it can be followed", async () => {
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const { handle } = await receiving(noteOrder, {
      log: createLogger({ service: "inventory-service", destination }),
    });
    const event = envelope(orderCreated(orderId));
    for (let time = 0; time < 2; time++) await handle(delivery(event, { "x-request-id": "req-7" }));
    const line = { eventType: "order.created", eventId: event.eventId, requestId: "req-7" };
    expect(lines.map((text) => JSON.parse(text))).toMatchObject([
      { ...line, outcome: "done" },
      { ...line, outcome: "duplicate" },
    ]);
  });

  test("undoes effect and note when the handler fails, and works the next time", async () => {
    let failing = true;
    const { handle } = await receiving(async (event, trx) => {
      await noteOrder(event, trx, undefined);
      if (failing) throw new Error("the stock cannot be read");
    });
    const event = envelope(orderCreated(orderId));
    await expect(handle(delivery(event))).rejects.toThrow("the stock cannot be read");
    expect(await state()).toEqual({ seen: 0, inbox: 0 });
    failing = false;
    await handle(delivery(event));
    expect(await state()).toEqual({ seen: 1, inbox: 1 });
  });

  test("goes on under the ids of the request that caused it", async () => {
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const seen: object[] = [];
    const { handle } = await receiving(async () => void seen.push({ ...correlation.current() }));
    await handle(delivery(undefined, { "x-request-id": "req-7", traceparent }));
    expect(seen).toEqual([{ requestId: "req-7", traceparent }]);
  });

  test.each([
    {
      given: "without items",
      body: envelope({ type: "order.created", data: { orderId, items: [] } }),
      reason: /does not match order\.created v1/,
    },
    {
      given: "of a version that nobody agreed on",
      body: envelope({ ...orderCreated(orderId), version: "v9" }),
      reason: /No contract knows order\.created v9/,
    },
    { given: "that is none", body: { hello: "world" }, reason: /It is no event/ },
    {
      given: "that is for others",
      body: envelope({ type: "order.cancelled", data: { orderId } }),
      reason: /inventory-service does not consume order\.cancelled/,
    },
  ])("takes an event $given for poison", async ({ body, reason }) => {
    const { handle } = await receiving(noteOrder);
    const handling = handle(delivery(body));
    await expect(handling).rejects.toThrow(Poison);
    await expect(handling).rejects.toThrow(reason);
    expect(await state()).toEqual({ seen: 0, inbox: 0 });
  });

  test("counts outcomes by event", async () => {
    const metrics = testMetrics();
    const { handle } = await receiving(noteOrder, { metrics });
    const event = envelope(orderCreated(orderId));
    await handle(delivery(event));
    await handle(delivery(event));
    const text = await metrics.text();
    expect(text).toMatch(/^event_handling_seconds_count\{.*event="order\.created".*outcome="done".*\} 1$/m);
    expect(text).toMatch(
      /^event_handling_seconds_count\{.*event="order\.created".*outcome="duplicate".*\} 1$/m,
    );
  });
});

describe("while the database is away", () => {
  /** A database that answers after some questions, and then works. */
  const awayFor = (checks: number): Database<Tables> => {
    let left = checks;
    return {
      ...database,
      transaction: (work) =>
        left > 0
          ? Promise.reject(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }))
          : database.transaction(work),
      check: async () => {
        if (left-- > 0) throw new Error("Connection terminated unexpectedly");
      },
    };
  };

  test("an event waits for it, and then comes again without having used up an attempt", async () => {
    const { handle } = await receiving(noteOrder, { database: awayFor(2) });
    await expect(handle(delivery())).rejects.toThrow(Postponed);
    await handle(delivery());
    expect(await state()).toEqual({ seen: 1, inbox: 1 });
  });

  test("an event does not keep the service from stopping", async () => {
    const { handle } = await receiving(noteOrder, { database: awayFor(1_000_000) });
    const handling = expect(handle(delivery())).rejects.toThrow(Postponed);
    await started?.stop();
    await handling;
  });

  test("an error that only looks like it counts as an attempt", async () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:25"), { code: "ECONNREFUSED" });
    const { handle } = await receiving(() => Promise.reject(refused));
    await expect(handle(delivery())).rejects.toBe(refused);
  });
});

describe("starting", () => {
  test.each([
    {
      given: "an event of the contracts has no consumer",
      types: [],
      says: /Without a consumer: order\.created\./,
    },
    {
      given: "a consumer is for an event that does not come here",
      types: ["order.created", "order.cancelled"],
      says: /In no contract for it: order\.cancelled\./,
    },
  ])("is refused when $given", async ({ types, says }) => {
    const consumers = types.map((eventType) => ({ eventType, handle: noteOrder }));
    const starting = receiving(noteOrder, { consumers });
    await expect(starting).rejects.toThrow(ConsumerMismatch);
    await expect(starting).rejects.toThrow(says);
  });

  test("subscribes to nothing for a service that consumes nothing", async () => {
    expect(await receiving(noteOrder, { service: "auth-service", consumers: [] })).toBeUndefined();
  });
});

describe("the inbox", () => {
  test("forgets after 14 days, and nothing before", async () => {
    await database.pool.query(
      `INSERT INTO inbox (event_id, received_at)
       SELECT gen_random_uuid(), now() - make_interval(hours => 24 * age) FROM unnest(ARRAY[0, 13, 15, 400]) AS age`,
    );
    await forgetOld(database.pool);
    const { rows } = await database.pool.query(
      "SELECT round(extract(day FROM now() - received_at)) AS age FROM inbox ORDER BY 1",
    );
    expect(rows).toEqual([{ age: "0" }, { age: "13" }]);
  });

  test("is cleaned when a service starts", async () => {
    await database.pool.query("INSERT INTO inbox VALUES (gen_random_uuid(), now() - interval '15 days')");
    await receiving(noteOrder);
    await vi.waitFor(async () => expect(await state()).toEqual({ seen: 0, inbox: 0 }), { timeout: 30_000 });
  });
});
