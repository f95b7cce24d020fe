import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildCatalog, type Catalog } from "../src/catalog/catalog.ts";
import type { Edge } from "../src/model/workspace.ts";
import { renderCatalogGraph } from "../src/render/catalog-graph.ts";
import { fleet, type ServiceSketch, seedFleet } from "./catalog-fleet.ts";
import { readPicture } from "./read-picture.ts";

const validate = { "auth-service": "/api/v1/auth/validate" };

/** The picture of a fleet, framed by line breaks so that it can stand in a test as it looks. */
function picture(sketches: Readonly<Record<string, ServiceSketch>>): string {
  return `\n${renderCatalogGraph(buildCatalog(fleet(sketches)))}\n`;
}

describe("the boxed graph", () => {
  test("looks like the microservices example's", () => {
    const drawnThere: Readonly<Record<string, ServiceSketch>> = {
      "auth-service": {},
      "user-service": { calls: validate, publishes: { "user.profile.created": [] } },
      "order-service": { calls: validate, publishes: { "order.created": [] } },
      "notification-service": { consumes: { "order.created": "", "user.profile.created": "" } },
    };
    expect(picture(drawnThere)).toBe(`
          ┌──────────────┐
          │ auth-service │
          └───────┬──────┘
                  │ (validate)
        ┌─────────┴────────┐
        │                  │
┌───────▼───────┐  ┌───────▼──────┐
│ order-service │  │ user-service │
└───────┬───────┘  └───────┬──────┘
        │ (events)         │ (events)
        └─────────┬────────┘
                  │
      ┌───────────▼──────────┐
      │ notification-service │
      └──────────────────────┘
`);
  });

  test("puts a service below all that it depends on", () => {
    expect(picture(seedFleet)).toBe(`
       ┌──────────────┐
       │ auth-service │
       └───────┬──────┘
               │ (validate)
        ┌──────┴───┐
        │          │
┌───────▼──────┐   │
│ user-service │   │
└───────┬──────┘   │
        │ (events) │
      ┌─▼──────────▼──┐
      │ order-service │
      └───────┬───────┘
              │ (events)
  ┌───────────▼──────────┐
  │ notification-service │
  └──────────────────────┘
`);
  });

  test("says in words what closes a circle, and what is not there", () => {
    const sketches = {
      "order-service": {
        calls: { "payment-service": "/payments" },
        publishes: { "order.created": [] },
        consumes: { "stock.reserved": "" },
      },
      "stock-service": { calls: { "order-service": "/orders" }, publishes: { "stock.reserved": [] } },
      wiki: {},
    };
    expect(picture(sketches)).toBe(`
┌─────────────────┐
│ payment-service │
└────────┬────────┘
         │ (payments)
 ┌───────▼───────┐
 │ order-service │
 └───────┬───────┘
         │ (orders)
 ┌───────▼───────┐
 │ stock-service │
 └───────────────┘

┌──────┐
│ wiki │
└──────┘

Not drawn, since it closes a circle: order-service depends on stock-service (events).
payment-service is not in this repository.
`);
  });

  test.each([
    {
      given: "nine services",
      sketches: Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`s${index}`, {}])),
    },
    { given: "a name of 120 letters", sketches: { ["s".repeat(120)]: {} } },
  ])("is left out for $given", ({ sketches }) => {
    expect(renderCatalogGraph(buildCatalog(fleet(sketches)))).toBeUndefined();
  });

  test("counts wide characters as two columns", () => {
    expect(picture({ 订单: {}, 库存: { calls: { 订单: "/订单" } } })).toBe(`
┌──────┐
│ 订单 │
└───┬──┘
    │ (订单)
┌───▼──┐
│ 库存 │
└──────┘
`);
  });
});

describe("any graph of up to eight services", () => {
  const names = [
    "auth-service",
    "ux",
    "order-service",
    "stock",
    "notification-service",
    "mail-service",
    "bi",
    "search-service",
  ];
  const edge = fc.record({
    from: fc.nat(7),
    to: fc.nat(7),
    kind: fc.constantFrom<Edge["kind"]>("calls", "event"),
    label: fc.constantFrom("validate", "users", "a purpose in words"),
  });
  const graph = fc.array(edge, { maxLength: 14 });

  function catalogOf(
    edges: readonly { from: number; to: number; kind: Edge["kind"]; label: string }[],
  ): Catalog {
    const base = buildCatalog(fleet(Object.fromEntries(names.map((name) => [name, {}]))));
    const nameOf = (index: number) => names[index] ?? "";
    return {
      ...base,
      edges: edges.map((own) => ({
        ...own,
        from: nameOf(own.from),
        to: nameOf(own.to),
        mayUseAny: true,
        evidence: [],
        operations: [],
      })),
    };
  }

  test("is drawn with every box and every dependency, and none that does not exist", () => {
    fc.assert(
      fc.property(graph, (edges) => {
        // A service may depend on earlier ones only: no circles.
        const acyclic = edges.filter(({ from, to }) => from > to);
        const drawn = renderCatalogGraph(catalogOf(acyclic), { columns: 400, services: 8 });
        if (drawn === undefined) throw new Error("not drawn");
        const { boxes, edges: read } = readPicture(drawn);
        const wanted = new Set(acyclic.map(({ from, to }) => `${names[to]} → ${names[from]}`));
        expect([...boxes].sort()).toEqual([...names].sort());
        expect(read).toEqual([...wanted].sort());
      }),
      { numRuns: 300 },
    );
  });

  test("has each label beside the line that leaves the provider", () => {
    fc.assert(
      fc.property(graph, (edges) => {
        const acyclic = edges.filter(({ from, to, kind }) => from > to && kind === "event");
        const drawn = renderCatalogGraph(catalogOf(acyclic), { columns: 400, services: 8 }) ?? "";
        const providers = new Set(acyclic.map(({ to }) => `${names[to]} (events)`));
        expect(readPicture(drawn).labels).toEqual([...providers].sort());
      }),
    );
  });

  test("keeps within the columns or is left out, and says what it leaves out", () => {
    fc.assert(
      fc.property(graph, fc.integer({ min: 60, max: 120 }), (edges, columns) => {
        const catalog = catalogOf(edges);
        const drawn = renderCatalogGraph(catalog, { columns, services: 8 });
        expect(renderCatalogGraph(catalog, { columns, services: 8 })).toBe(drawn);
        if (drawn === undefined) return;
        for (const line of drawn.split("\n")) expect(line.length).toBeLessThanOrEqual(columns);
        const words = drawn.replace(/\s+/g, " ");
        const read = new Set(readPicture(drawn).edges);
        for (const { from, to } of edges) {
          if (from === to) continue;
          const isSaid = words.includes(`${names[from]} depends on ${names[to]} (`);
          expect(read.has(`${names[to]} → ${names[from]}`)).toBe(!isSaid);
        }
      }),
      { numRuns: 300 },
    );
  });
});
