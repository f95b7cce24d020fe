import type { PlannedEvent, ServicePlan } from "./service-plan.ts";
import { imported, lines, literal, quoted } from "./write-code.ts";
import { sampleOf } from "./write-events.ts";

export function writeOutboxTest({ name, tables, published }: ServicePlan): string {
  const first = published.find((event) => event.isEnvelope);
  if (!first) return "";
  return lines(
    imported(["type BusMessage", "type Database", "createOutbox", "startRelay"], "@speckit/service-kit"),
    imported(["collectEvents", "silentLog", "testDatabase", "testMetrics"], "@speckit/service-kit/testing"),
    imported(["afterAll", "beforeAll", "expect", "test", "vi"], "vitest"),
    imported(["migrations", `type ${tables}`], "../../src/store/migrations.ts"),
    imported(["events"], "../support/app.ts"),
    "",
    `const event = ${literal({ type: first.event, version: first.version, data: sampleOf(first) })};`,
    `const outbox = createOutbox({ contracts: events, service: ${quoted(name)} });`,
    "",
    `let database: Database<${tables}>;`,
    "beforeAll(async () => {",
    `  database = await testDatabase<${tables}>(migrations);`,
    "});",
    "afterAll(() => database.close());",
    "",
    'test("a change that fails tells nobody", async () => {',
    "  const change = database.transaction(async (trx) => {",
    "    await outbox.add(trx, [event]);",
    '    throw new Error("The change failed.");',
    "  });",
    '  await expect(change).rejects.toThrow("The change failed.");',
    "  expect(await collectEvents(database)).toEqual([]);",
    "});",
    "",
    'test("an event that was stored goes out when the bus is back, and leaves the outbox", async () => {',
    "  const sent: BusMessage[] = [];",
    "  let refusals = 0;",
    "  await database.transaction((trx) => outbox.add(trx, [event]));",
    "  const relay = startRelay({",
    "    database,",
    "    bus: {",
    "      async publish(messages) {",
    '        if (refusals++ === 0) throw new Error("The bus does not answer.");',
    "        sent.push(...messages);",
    "      },",
    "    },",
    `    service: ${quoted(name)},`,
    "    log: silentLog(),",
    "    metrics: testMetrics(),",
    "  });",
    "  await vi.waitFor(async () => expect(await collectEvents(database)).toEqual([]), {",
    "    timeout: 20_000,",
    "    interval: 20,",
    "  });",
    "  await relay.stop();",
    `  expect(sent.map(({ topic }) => topic)).toEqual([${quoted(`events.${first.event}`)}]);`,
    "});",
  );
}

/** Consumers whose effect is a count, so that the way of messages is tested before anybody has written what they change. */
function counting(consumed: readonly PlannedEvent[], first: PlannedEvent): string[] {
  return [
    `const event = ${literal({ type: first.event, version: first.version, data: sampleOf(first) })};`,
    "let effects = 0;",
    "const count = async () => {",
    "  effects++;",
    "};",
    "const consumers = [",
    ...consumed.map(({ event }) => `  { eventType: ${quoted(event)}, handle: count },`),
    "];",
    "",
    "let deliveries: Deliveries;",
    "beforeEach(async () => {",
    "  effects = 0;",
    "  deliveries = await openDeliveries(consumers);",
    "});",
    "afterEach(() => deliveries.close());",
    "",
  ];
}

export function writeInboxTest({ consumed }: ServicePlan): string {
  const first = consumed.find((event) => event.isEnvelope);
  if (!first) return "";
  return lines(
    imported(["afterEach", "beforeEach", "expect", "test"], "vitest"),
    imported(["type Deliveries", "openDeliveries"], "../support/deliveries.ts"),
    "",
    counting(consumed, first),
    'test("the second delivery of an event changes nothing", async () => {',
    '  const delivery = { ...event, eventId: "6d2f6b1e-58a4-4a0e-9c0f-0f3d1c2b7a90" };',
    "  await deliveries.deliver(delivery);",
    "  await deliveries.deliver(delivery);",
    "  expect(effects).toBe(1);",
    "});",
  );
}

export function writeDeadLettersTest({ consumed }: ServicePlan): string {
  const first = consumed.find((event) => event.isEnvelope);
  if (!first) return "";
  return lines(
    imported(["Poison"], "@speckit/service-kit"),
    imported(["afterEach", "beforeEach", "expect", "test"], "vitest"),
    imported(["type Deliveries", "openDeliveries"], "../support/deliveries.ts"),
    "",
    counting(consumed, first),
    'test("an event that no contract knows goes to the dead-letter queue at once, and blocks no other", async () => {',
    '  await expect(deliveries.deliver({ ...event, version: "v0" })).rejects.toThrow(Poison);',
    "  expect(effects).toBe(0);",
    "  await deliveries.deliver(event);",
    "  expect(effects).toBe(1);",
    "});",
  );
}

/** `test/support/deliveries.ts` */
export function writeDeliveries({ name, domain, tables }: ServicePlan): string {
  return lines(
    imported(["randomUUID"], "node:crypto"),
    imported(
      ["createOutbox", "type Delivery", "type EventConsumer", "startConsumers", "topicOf"],
      "@speckit/service-kit",
    ),
    imported(["silentLog", "testDatabase", "testMetrics"], "@speckit/service-kit/testing"),
    imported(["type Dependencies", `${domain}Consumers`], "../../src/app.ts"),
    imported(["migrations", `type ${tables}`], "../../src/store/migrations.ts"),
    imported(["events"], "./app.ts"),
    "",
    "export interface Deliveries {",
    "  /** Resolves when the event is handled, and throws what the handler throws. */",
    "  deliver(event: {",
    "    readonly type: string;",
    "    readonly version: string;",
    "    readonly data: object;",
    "    readonly eventId?: string;",
    "  }): Promise<void>;",
    "  close(): Promise<void>;",
    "}",
    "",
    `/** The consumers of ${name}, or others in their place, on a database of their own. There is no bus. */`,
    `export async function openDeliveries(consumers?: readonly EventConsumer<${tables}>[]): Promise<Deliveries> {`,
    `  const database = await testDatabase<${tables}>(migrations);`,
    "  const dependencies = {",
    "    database,",
    `    outbox: createOutbox({ contracts: events, service: ${quoted(name)} }),`,
    "    clock: () => new Date(),",
    "  } as unknown as Dependencies;",
    "  let handle: (delivery: Delivery) => Promise<void> = async () => {};",
    "  const receiving = await startConsumers({",
    `    service: ${quoted(name)},`,
    "    database,",
    "    bus: {",
    "      async subscribe(subscription) {",
    "        handle = subscription.handle;",
    "        return { stop: async () => {} };",
    "      },",
    "    },",
    "    contracts: events,",
    `    consumers: consumers ?? ${domain}Consumers(dependencies),`,
    "    log: silentLog(),",
    "    metrics: testMetrics(),",
    "  });",
    "  return {",
    "    deliver({ type, version, data, eventId = randomUUID() }) {",
    "      const body = {",
    "        eventId,",
    "        eventType: type,",
    "        eventVersion: version,",
    '        timestamp: "2026-11-23T09:00:00Z",',
    "        data,",
    "      };",
    "      return handle({ id: eventId, topic: topicOf(type), body, headers: {}, attempt: 1 });",
    "    },",
    "    async close() {",
    "      await receiving.stop();",
    "      await database.close();",
    "    },",
    "  };",
    "}",
  );
}
