import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { EventContractUnreadable, readEventContracts } from "../../src/index.ts";
import { contracts, envelope, orderCreated } from "./market.ts";

const orderId = "7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f";
const item = { sku: "TEA-100", quantity: 2 };
const created = envelope(orderCreated(orderId));

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true });
});

/** A folder with these files, by path. */
function written(files: Readonly<Record<string, string>>): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "event-contracts-"));
  folders.push(root);
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
  return root;
}

/** A fleet whose order-service has these event contracts. */
function fleet(files: Readonly<Record<string, string>>): string {
  const entries = Object.entries(files);
  return written(
    Object.fromEntries(
      entries.map(([name, text]) => [`services/order-service/contracts/events/${name}`, text]),
    ),
  );
}

describe("event contracts of a fleet", () => {
  test("say who publishes what and who receives it", () => {
    expect(contracts.events).toEqual([
      {
        type: "inventory.stock.reserved",
        version: "v1",
        topic: "events.inventory.stock.reserved",
        producer: "inventory-service",
        consumers: ["order-service"],
      },
      {
        type: "order.created",
        version: "v1",
        topic: "events.order.created",
        producer: "order-service",
        consumers: ["inventory-service", "notification-service"],
      },
      {
        type: "order.cancelled",
        version: "v1",
        topic: "events.order.cancelled",
        producer: "order-service",
        consumers: ["notification-service"],
      },
    ]);
  });

  test("promise no more than the envelope where they have no schema, and version v1 where they name none", () => {
    const root = fleet({
      "tea-events.json": JSON.stringify({
        events: [{ eventType: "tea.brewed", consumers: ["cup-service"] }],
      }),
    });
    const { events, validate } = readEventContracts(root);
    expect(events).toMatchObject([{ type: "tea.brewed", version: "v1", consumers: ["cup-service"] }]);
    expect(validate({ eventType: "tea.brewed", eventVersion: "v1", data: { any: 1 } })).toEqual({ ok: true });
    expect(validate({ eventType: "tea.brewed", eventVersion: "v2" }).ok).toBe(false);
  });

  test("are those of the repository itself where it is one service", () => {
    const root = written({
      "contracts/events/tea-events.json": '{ "events": [{ "eventType": "tea.brewed" }] }',
    });
    expect(readEventContracts(root, "tea-service").events).toMatchObject([
      { type: "tea.brewed", producer: "tea-service" },
    ]);
  });

  test("give the topology of the bus", () => {
    expect(contracts.topology).toEqual([
      { consumer: "order-service", topics: ["events.inventory.stock.reserved"] },
      { consumer: "inventory-service", topics: ["events.order.created"] },
      { consumer: "notification-service", topics: ["events.order.created", "events.order.cancelled"] },
    ]);
  });

  test.each([
    { given: "an event as agreed", event: created },
    {
      given: "a property that nobody knows yet",
      event: { ...created, data: { orderId, items: [item], gift: true } },
    },
  ])("accept $given", ({ event }) => {
    expect(contracts.validate(event)).toEqual({ ok: true });
  });

  test.each([
    {
      given: "an order without items",
      event: { ...created, data: { orderId, items: [] } },
      reason: "It does not match order.created v1: /data/items must NOT have fewer than 1 items.",
    },
    {
      given: "a quantity of nothing, by a definition of the same file",
      event: { ...created, data: { orderId, items: [{ ...item, quantity: 0 }] } },
      reason: "It does not match order.created v1: /data/items/0/quantity must be >= 1.",
    },
    {
      given: "an order id that is none, by a definition of another file",
      event: { ...created, data: { orderId: "7", items: [item] } },
      reason: 'It does not match order.created v1: /data/orderId must match format "uuid".',
    },
    {
      given: "an event without an id",
      event: { ...created, eventId: undefined },
      reason: "It does not match order.created v1: the envelope must have required property 'eventId'.",
    },
    {
      given: "a version that is not agreed",
      event: { ...created, eventVersion: "v9" },
      reason: "No contract knows order.created v9.",
    },
    {
      given: "an event that is not agreed",
      event: { ...created, eventType: "order.archived" },
      reason: "No contract knows order.archived v1.",
    },
    ...[null, "order.created", 7, [], {}].map((event) => ({
      given: `${JSON.stringify(event)}`,
      event,
      reason: "It is no event: eventType or eventVersion is missing.",
    })),
  ])("refuse $given", ({ event, reason }) => {
    expect(contracts.validate(event)).toEqual({ ok: false, reason });
  });

  test("name the place of what is wrong, never what stands there", () => {
    const data = { orderId, items: [item], customerEmail: "ada at example.com" };
    expect(JSON.stringify(contracts.validate({ ...created, data }))).not.toContain("ada");
  });
});

describe("event contracts that cannot be used", () => {
  const event = (schema: object) =>
    JSON.stringify({ events: [{ eventType: "order.created", version: "v1", schema }] });

  test.each([
    { given: "no folder of services", files: {}, message: /There is no folder .*services/ },
    { given: "text that is no JSON", files: { "a.json": "{" }, message: /a\.json/ },
    {
      given: "a reference to a file that is not there",
      files: { "a.json": event({ $ref: "b.json#/x" }) },
      message: /b\.json/,
    },
    {
      given: "a reference to a place that is not there",
      files: { "a.json": event({ $ref: "#/x" }) },
      message: /a\.json/,
    },
    { given: "a schema that is none", files: { "a.json": event({ type: "text" }) }, message: /a\.json/ },
    {
      given: "two contracts for one event",
      files: { "a.json": event({}), "b.json": event({}) },
      message: /b\.json: order\.created v1 has another contract already/,
    },
  ])("$given: it says so and names the file", ({ files, message }) => {
    const read = () => readEventContracts(fleet(files));
    expect(read).toThrow(EventContractUnreadable);
    expect(read).toThrow(message);
  });
});
