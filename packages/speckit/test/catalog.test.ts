import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { callCycles } from "../src/catalog/call-cycles.ts";
import { buildCatalog, type CatalogService } from "../src/catalog/catalog.ts";
import { endpointWords } from "../src/catalog/endpoint-words.ts";
import { fleet, seedFleet } from "./catalog-fleet.ts";

const catalog = buildCatalog(fleet(seedFleet));

function service(name: string): CatalogService {
  const found = catalog.services.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

describe("the catalog of the microservices example", () => {
  test("lists services by name", () => {
    expect(catalog.services.map(({ name }) => name)).toEqual([
      "auth-service",
      "notification-service",
      "order-service",
      "user-service",
    ]);
  });

  test.each([
    { name: "auth-service", dependsOn: [], dependents: ["order-service", "user-service"] },
    { name: "user-service", dependsOn: ["auth-service"], dependents: ["order-service"] },
    {
      name: "order-service",
      dependsOn: ["auth-service", "user-service"],
      dependents: ["notification-service"],
    },
    { name: "notification-service", dependsOn: ["order-service"], dependents: [] },
  ])("$name depends on $dependsOn and serves $dependents", ({ name, dependsOn, dependents }) => {
    expect(service(name)).toMatchObject({ dependsOn, dependents });
  });

  test.each([
    { name: "auth-service", type: "API Service" },
    { name: "user-service", type: "API Service" },
    { name: "notification-service", type: "Event-Driven Service" },
  ])("$name is an $type", ({ name, type }) => {
    expect(service(name).type).toBe(type);
  });

  test("health endpoints are endpoints, but none that callers come for", () => {
    const { endpoints, offer } = service("auth-service");
    expect(endpoints.map(({ path }) => path)).toEqual([
      "/api/v1/auth/login",
      "/api/v1/auth/refresh",
      "/api/v1/auth/validate",
      "/health",
    ]);
    expect(offer).toEqual({ count: 3, words: ["login", "validate", "refresh"] });
  });

  test("an event knows who sends it, who receives it, and who is only said to", () => {
    expect(catalog.events).toEqual([
      {
        event: "order.created",
        versions: ["v1"],
        producers: ["order-service"],
        consumers: ["notification-service"],
        listed: ["inventory-service"],
      },
      {
        event: "user.profile.created",
        versions: ["v1"],
        producers: ["user-service"],
        consumers: ["order-service"],
        listed: ["notification-service"],
      },
      {
        event: "user.profile.updated",
        versions: ["v1"],
        producers: ["user-service"],
        consumers: [],
        listed: ["order-service"],
      },
    ]);
  });

  test("a service without source files is not yet implemented", () => {
    expect(catalog.services.filter(({ implemented }) => !implemented).map(({ name }) => name)).toEqual([
      "order-service",
    ]);
  });
});

test("an event that nobody publishes comes from where its consumer says", () => {
  const [reader] = buildCatalog(
    fleet({ "mail-service": { consumes: { "order.paid": "payment-service" } } }),
  ).services;
  expect(reader?.consumes).toEqual([{ event: "order.paid", from: "payment-service" }]);
});

describe("words for endpoints", () => {
  test.each([
    { of: "actions", endpoints: ["POST /auth/login", "POST /auth/logout"], words: ["login", "logout"] },
    {
      of: "actions two words deep",
      endpoints: [
        "POST /api/v1/auth/password-reset/request",
        "POST /api/v1/auth/password-reset/confirm",
        "GET /api/v1/auth/jwks",
      ],
      words: ["password-reset request", "password-reset confirm", "jwks"],
    },
    {
      of: "a whole resource",
      endpoints: ["POST /users", "GET /users/{id}", "PUT /users/{id}", "DELETE /users/{id}"],
      words: ["CRUD operations"],
    },
    {
      of: "a whole resource with a part of it",
      endpoints: [
        "GET /users",
        "POST /users",
        "GET /users/{id}",
        "PATCH /users/{id}",
        "DELETE /users/{id}",
        "POST /users/{id}/avatar",
        "GET /users/{id}/avatar",
      ],
      words: ["CRUD operations", "create/read avatar"],
    },
    {
      of: "a resource and an action on it",
      endpoints: [
        "POST /api/v1/orders",
        "GET /api/v1/orders",
        "GET /api/v1/orders/{id}",
        "POST /api/v1/orders/{id}/cancel",
      ],
      words: ["create/list/read orders", "cancel"],
    },
    {
      of: "two resources",
      endpoints: ["GET /products", "GET /products/{sku}", "PUT /products/{sku}", "GET /reservations/{id}"],
      words: ["list/read/update products", "read reservations"],
    },
    {
      of: "two whole resources",
      endpoints: ["POST", "GET", "PUT", "DELETE"].flatMap((method) => [
        `${method} /users/{id}`,
        `${method} /teams/{id}`,
      ]),
      words: ["CRUD of users", "CRUD of teams"],
    },
    {
      of: "a custom method",
      endpoints: ["POST /jobs/{id}:stop", "GET /jobs/{id}"],
      words: ["stop", "read jobs"],
    },
    { of: "the root", endpoints: ["GET /"], words: ["/"] },
    { of: "nothing", endpoints: [], words: [] },
  ])("of $of are $words", ({ endpoints, words }) => {
    const operations = endpoints.map((endpoint) => {
      const [method = "", path = ""] = endpoint.split(" ");
      return { method, path };
    });
    expect(endpointWords(operations)).toEqual(words);
  });

  test("are never empty, whatever the path", () => {
    const path = fc.array(fc.constantFrom("api", "v1", "{id}", "orders", ":id", "{id}:stop", ""), {
      maxLength: 6,
    });
    const method = fc.constantFrom("GET", "POST", "PUT", "DELETE", "HEAD");
    fc.assert(
      fc.property(
        fc.array(fc.record({ path: path.map((parts) => `/${parts.join("/")}`), method }), { minLength: 1 }),
        (endpoints) => {
          const words = endpointWords(endpoints);
          expect(words.length).toBeGreaterThan(0);
          for (const word of words) expect(word.trim()).not.toBe("");
        },
      ),
    );
  });
});

describe("circles of calls", () => {
  const calls = (...pairs: string[]) =>
    pairs.map((pair) => {
      const [from = "", to = ""] = pair.split(" → ");
      return { from, to, kind: "calls" as const };
    });

  test.each([
    { given: "a chain", edges: calls("a → b", "b → c"), cycles: [] },
    { given: "two that call each other", edges: calls("b → a", "a → b"), cycles: [["a", "b"]] },
    { given: "a circle of three", edges: calls("c → b", "b → a", "a → c"), cycles: [["a", "c", "b"]] },
    { given: "a service that calls itself", edges: calls("a → a", "a → b"), cycles: [["a"]] },
    {
      given: "two circles with a way between them",
      edges: calls("d → c", "c → d", "a → b", "b → a", "b → c"),
      cycles: [
        ["a", "b"],
        ["c", "d"],
      ],
    },
    {
      given: "a circle that only events close",
      edges: [...calls("a → b"), { from: "b", to: "a", kind: "event" as const }],
      cycles: [],
    },
  ])("$given has $cycles", ({ edges, cycles }) => {
    expect(callCycles(edges)).toEqual(cycles);
  });

  test("are found in a chain of 10,000 services", () => {
    const chain = Array.from({ length: 10_000 }, (_, index) => `s${index} → s${(index + 1) % 10_000}`);
    expect(callCycles(calls(...chain))[0]).toHaveLength(10_000);
  });

  test("hold exactly the services that reach themselves", () => {
    const name = fc.constantFrom("a", "b", "c", "d", "e", "f", "g");
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name), { maxLength: 20 }), (pairs) => {
        const edges = pairs.map(([from, to]) => ({ from, to, kind: "calls" as const }));
        const reach = (from: string) => {
          const seen = new Set<string>();
          const pending = [from];
          for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
            for (const edge of edges) {
              if (edge.from !== next || seen.has(edge.to)) continue;
              seen.add(edge.to);
              pending.push(edge.to);
            }
          }
          return seen;
        };
        const cycles = callCycles(edges);
        const circular = [..."abcdefg"].filter((letter) => reach(letter).has(letter));
        expect(cycles.flat().sort()).toEqual(circular);
        for (const [first = "", ...others] of cycles) {
          for (const other of others) {
            expect(first < other).toBe(true);
            expect(reach(first).has(other) && reach(other).has(first)).toBe(true);
          }
        }
      }),
    );
  });
});

test("eight times the services take about eight times as long", () => {
  const sketches = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `s${index}-service`,
        {
          endpoints: Array.from({ length: 10 }, (__, path) => `GET /api/v1/s${index}/r${path}`),
          calls: index > 0 ? { [`s${Math.floor(index / 2)}-service`]: "/api/v1/x" } : {},
          publishes: { [`s${index}.created`]: [] },
          consumes: { [`s${(index + 1) % count}.created`]: "" },
        },
      ]),
    );
  const fastest = (count: number) => {
    const workspace = fleet(sketches(count));
    const times = Array.from({ length: 5 }, () => {
      const started = performance.now();
      buildCatalog(workspace);
      return performance.now() - started;
    });
    // What else the machine does is no fault of the catalog.
    return Math.min(...times);
  };
  // Were it quadratic, it would be 64 times.
  expect(fastest(2000) / fastest(250)).toBeLessThan(24);
});
