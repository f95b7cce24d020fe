import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { checkWorkspace } from "../src/check-workspace.ts";
import { checks } from "../src/checks/index.ts";
import { matchRoutes } from "../src/model/route-matching.ts";
import { readWorkspace } from "../src/node/read-workspace.ts";

const root = fileURLToPath(new URL("../../../examples/ecommerce-platform", import.meta.url));
const { workspace, locate } = readWorkspace(root, { cache: false, now: 0, ruleIds: new Set() });

describe("the code of the example platform is a witness", () => {
  test.each(
    workspace.services.map((service) => [service.name, service] as const),
  )("%s answers every operation of its contract, and no other", (_, service) => {
    const { routes, unrouted, stray } = matchRoutes(service);
    expect(unrouted.map(({ operationId }) => operationId)).toEqual([]);
    expect(stray.map(({ name }) => name)).toEqual([]);
    expect(routes.flatMap(({ operations }) => operations).length).toBeGreaterThan(1);
  });

  test("of who sends and who receives each event", () => {
    const unseen = workspace.channels.flatMap(({ event, producers, consumers }) =>
      [
        ...producers.map((end) => ({ ...end, role: "sends" })),
        ...consumers.map((end) => ({ ...end, role: "receives" })),
      ]
        .filter(({ evidence }) => !evidence.some(({ source }) => source === "code"))
        .map(({ service, role }) => `${service} ${role} ${event}`),
    );
    expect(unseen).toEqual([]);
    expect(workspace.channels.length).toBe(10);
  });

  test("of the calls between services", () => {
    const calls = workspace.edges.filter(
      ({ kind, evidence }) => kind === "calls" && evidence.some(({ source }) => source === "code"),
    );
    expect(calls.map(({ from, to, label }) => `${from} → ${to}: ${label}`)).toEqual([
      "order-service → inventory-service: products",
      "order-service → user-service: users",
    ]);
  });
});

test("the example platform has nothing to mend", () => {
  const findings = checkWorkspace(workspace, checks, locate);
  expect(
    findings.filter(({ severity }) => severity !== "info").map(({ rule, message }) => `${rule}: ${message}`),
  ).toEqual([]);
});
