import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, runCli } from "./run-cli.ts";

const two = (action: string, payload: string, more = "") => `asyncapi: 2.6.0
info: { title: Orders, version: 1.0.0 }
channels:
  orders.placed:
    ${action}: { message: { name: OrderPlaced, payload: ${payload}${more} } }
`;
const three = (action: string, payload: string) => `asyncapi: 3.0.0
info: { title: Orders, version: 1.0.0 }
channels:
  placed: { address: orders.placed, messages: { OrderPlaced: { payload: ${payload} } } }
operations:
  tell: { action: ${action}, channel: { $ref: '#/channels/placed' } }
`;
const loose = "{ type: object, properties: { id: { type: string } } }";
const strict = "{ type: object, required: [id], properties: { id: { type: string } } }";

async function changes(base: string, revision: string, ...options: string[]) {
  const root = folderWith({ "base.yaml": base, "revision.yaml": revision });
  const { out } = await runCli(root, ["diff", "base.yaml", "revision.yaml", "--json", ...options]);
  return (
    JSON.parse(out) as { changes: { kind: string; level: string; operation: string; location: string }[] }
  ).changes;
}

describe("what is sent must stay readable, what is received must stay accepted", () => {
  test.each([
    { action: "publish", base: loose, revision: strict, level: "breaking" },
    { action: "publish", base: strict, revision: loose, level: "compatible" },
    { action: "subscribe", base: loose, revision: strict, level: "compatible" },
    { action: "subscribe", base: strict, revision: loose, level: "breaking" },
  ])("version 2, $action: $base becomes $revision", async ({ action, base, revision, level }) => {
    expect(await changes(two(action, base), two(action, revision))).toMatchObject([
      { level, operation: "event orders.placed", location: "OrderPlaced.payload.id" },
    ]);
  });

  test.each([
    { compatibility: "backward", level: "breaking" },
    { compatibility: "forward", level: "compatible" },
    { compatibility: "full", level: "breaking" },
  ])("whoever asks for $compatibility gets it in both directions", async ({ compatibility, level }) => {
    for (const action of ["publish", "subscribe"]) {
      const found = await changes(two(action, loose), two(action, strict), "--compatibility", compatibility);
      expect(found).toMatchObject([{ level }]);
    }
  });
});

test.each([
  ["subscribe", "send"],
  ["publish", "receive"],
])("moving from version 2 (%s) to 3 (%s) changes nothing", async (action, now) => {
  expect(await changes(two(action, strict), three(now, strict))).toEqual([]);
});

test("headers, the key, and parts that come from traits are compared too", async () => {
  const header = (type: string) => `, headers: { type: object, properties: { trace: { type: ${type} } } }`;
  const key = (type: string) => `, bindings: { kafka: { key: { type: ${type} } } }`;
  const trait = (type: string) =>
    `, traits: [{ headers: { type: object, properties: { lang: { type: ${type} } } } }]`;
  for (const [more, location] of [
    [header, "OrderPlaced.headers.trace"],
    [key, "OrderPlaced.key"],
    [trait, "OrderPlaced.headers.lang"],
  ] as const) {
    const found = await changes(
      two("subscribe", loose, more("string")),
      two("subscribe", loose, more("integer")),
    );
    expect(found).toMatchObject([{ kind: "type-changed", level: "breaking", location }]);
  }
});

test("another content type is another message", async () => {
  const found = await changes(
    two("subscribe", loose, ", contentType: application/json"),
    two("subscribe", loose, ", contentType: application/avro"),
  );
  expect(found).toMatchObject([{ kind: "media-type-changed", level: "breaking", location: "OrderPlaced" }]);
});

test("validate-contracts compares with the baseline and names who receives", async () => {
  const root = folderWith({
    "services/order/asyncapi.yaml": two("subscribe", strict),
    "services/mail/asyncapi.yaml": two("publish", loose),
  });
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], { cwd: root });
  git("init", "-q", "-b", "main");
  git("add", ".");
  git("commit", "-qm", "first");
  writeFileSync(join(root, "services/order/asyncapi.yaml"), two("subscribe", loose));
  const { code, out } = await runCli(root, ["validate-contracts", "--all", "--json"]);
  expect(code).toBe(1);
  expect(JSON.parse(out).findings).toContainEqual(
    expect.objectContaining({
      rule: "property-became-optional",
      severity: "error",
      service: "order",
      consumers: ["mail"],
    }),
  );
});
