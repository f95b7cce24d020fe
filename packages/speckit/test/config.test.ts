import { execFileSync } from "node:child_process";
import { existsSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { configKeys } from "../src/parse/config.ts";
import { spec, specFile, withPlaceholder } from "./auth-documents.ts";
import { allServices, commitAll, platformWith } from "./platform.ts";
import { folderWith, runCli } from "./run-cli.ts";

const configFile = ".speckit.config.json";
const cacheFile = ".speckit/cache/documents.jsonl";

const withConfig = (config: object, files: Readonly<Record<string, string>> = { [specFile]: spec }) =>
  folderWith({ ...files, [configFile]: JSON.stringify(config) });

async function findingsOf(root: string, ...argv: string[]) {
  const { out } = await runCli(root, [...argv, "--json"]);
  return (JSON.parse(out) as { findings: { rule: string; severity: string; message: string }[] }).findings;
}

describe("a key of the configuration changes what is done", () => {
  /** The cache belongs to the built program; run from sources there is none. */
  const built = fileURLToPath(new URL("../bin/speckit.js", import.meta.url));
  const stats = (root: string) =>
    execFileSync("sh", ["-c", `"${process.execPath}" "${built}" validate --stats --quiet 2>&1 >/dev/null`], {
      cwd: root,
      encoding: "utf8",
    });

  test.each([
    { enabled: true, again: "0 files read anew" },
    { enabled: false, again: "2 files read anew" },
  ])("cache.enabled: $enabled", ({ enabled, again }) => {
    const root = withConfig({ cache: { enabled } });
    const old = new Date(Date.now() - 60_000);
    utimesSync(join(root, specFile), old, old);
    stats(root);
    expect(existsSync(join(root, cacheFile))).toBe(enabled);
    expect(stats(root)).toContain(again);
  });

  test.each([
    { retention_days: 30, again: "0 files read anew" },
    { retention_days: 1, again: "2 files read anew" },
  ])("cache.retention_days: $retention_days, with a cache of two days", ({ retention_days, again }) => {
    const root = withConfig({ cache: { retention_days } });
    const old = new Date(Date.now() - 2 * 86_400_000);
    utimesSync(join(root, specFile), old, old);
    stats(root);
    utimesSync(join(root, cacheFile), old, old);
    expect(stats(root)).toContain(again);
  });

  test.each([
    { strict: false, code: 0 },
    { strict: true, code: 1 },
  ])("validation.strict: $strict", async ({ strict, code }) => {
    const root = withConfig({ validation: { strict } }, { [specFile]: withPlaceholder });
    expect(await runCli(root, ["validate"])).toMatchObject({ code });
  });

  test.each(["off", "info", "warning", "error"])("rules: %s", async (level) => {
    const root = withConfig({ rules: { placeholder: level } }, { [specFile]: withPlaceholder });
    const severities = (await findingsOf(root, "validate")).map(({ severity }) => severity);
    expect(severities).toEqual(level === "off" ? [] : [level]);
  });

  test.each([
    { services: [], names: ["auth-service", "lab"] },
    { services: ["services/*"], names: ["auth-service"] },
    { services: ["lab", "services/*"], names: ["auth-service", "lab"] },
  ])("services: $services", async ({ services, names }) => {
    const root = withConfig({ services }, { [specFile]: spec, "lab/specs/001-try/spec.md": spec });
    const { out } = await runCli(root, ["validate", "--json"]);
    const found = (JSON.parse(out) as { services: { name: string }[] }).services;
    expect(found.map(({ name }) => name)).toEqual(names);
  });

  test.each([
    { compatibility: "forward", code: 1 },
    { compatibility: "backward", code: 0 },
    { compatibility: "full", code: 1 },
  ])("events.compatibility: $compatibility, when a field is no longer always sent", async ({
    compatibility,
    code,
  }) => {
    const files = platformWith(allServices);
    const root = withConfig({ events: { compatibility } }, files);
    commitAll(root);
    const file = "services/order-service/contracts/events/order-events.json";
    const contract = files[file] ?? "";
    const looser = contract.replace('"reservationId", "confirmedAt"]', '"confirmedAt"]');
    expect(looser).not.toBe(contract);
    writeFileSync(join(root, file), looser);
    const result = await runCli(root, ["validate-contracts", "--breaking-changes-only"]);
    expect(result.code, result.out).toBe(code);
  });

  test.each([
    { profile: "wire", diff: 1, fleet: 1 },
    { profile: "oasdiff", diff: 0, fleet: 0 },
  ])("profile: $profile, when an operation that let everybody in asks for a token", async ({
    profile,
    diff,
    fleet,
  }) => {
    const contract = (security: string) => `openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
paths:
  /api/v1/orders:
    get:${security}
      responses: { "200": { description: All orders } }
components:
  securitySchemes: { token: { type: http, scheme: bearer } }
`;
    const file = "services/order-service/contracts/api-spec.yaml";
    const root = withConfig({ profile }, { [file]: contract(""), "old.yaml": contract("") });
    commitAll(root);
    writeFileSync(join(root, file), contract("\n      security: [{ token: [] }]"));
    expect(await runCli(root, ["diff", "old.yaml", file])).toMatchObject({ code: diff });
    expect(await runCli(root, ["validate-contracts", "--breaking-changes-only"])).toMatchObject({
      code: fleet,
    });
  });
});

test.each([
  { profile: "wire", added: ["compatible response"] },
  { profile: "oasdiff", added: ["breaking request"] },
])("profile: $profile, when what nobody sends gets a pattern", async ({ profile, added }) => {
  const contract = (pattern: string) => {
    const schema = {
      type: "object",
      properties: { made: { type: "string", readOnly: true, ...(pattern ? { pattern } : {}) } },
    };
    const content = { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } };
    const post = { requestBody: { content }, responses: { 201: { description: "Made", content } } };
    return JSON.stringify({
      openapi: "3.0.3",
      info: { title: "Things", version: "1" },
      paths: { "/things": { post } },
      components: { schemas: { Thing: schema } },
    });
  };
  const root = withConfig({ profile }, { "old.json": contract(""), "new.json": contract("^a") });
  const { out } = await runCli(root, ["diff", "old.json", "new.json", "--json"]);
  const { changes } = JSON.parse(out) as { changes: { kind: string; level: string; direction: string }[] };
  expect(changes.map(({ level, direction }) => `${level} ${direction}`)).toEqual(added);
});

test("a key that nobody knows is reported with the nearest one", async () => {
  const root = withConfig({ validation: { strct: true }, rule: {} });
  expect(await findingsOf(root, "validate")).toMatchObject([
    {
      rule: "unknown-config-key",
      message: "There is no key 'validation.strct'. Did you mean 'validation.strict'?",
    },
    { rule: "unknown-config-key", message: "There is no key 'rule'. Did you mean 'rules'?" },
  ]);
});

test.each([
  { config: "{", says: /^speckit: \.speckit\.config\.json:1:\d+: .*not valid JSON/ },
  {
    config: '{ "services": ["nowhere/*"] }',
    says: /'services' names no folder: nothing matches "nowhere\/\*"/,
  },
  { config: "[]", says: /:1: the configuration must be a JSON object/ },
  {
    config: '{ "validation": { "strict": "yes" } }',
    says: /'validation\.strict' must be true or false; it is "yes"/,
  },
  {
    config: '{ "cache": { "retention_days": 0 } }',
    says: /'cache\.retention_days' must be a whole number above 0; it is 0/,
  },
  {
    config: '{ "rules": { "placeholder": "loud" } }',
    says: /with off, info, warning or error for each rule/,
  },
  {
    config: '{ "author": "claude" }',
    says: /'author' must be offline, agent:NAME or model:PROVIDER\/MODEL; it is "claude"/,
  },
  {
    config: '{ "authors": { "token_limit": "lots" } }',
    says: /'authors\.token_limit' must be a whole number above 0; it is "lots"/,
  },
  {
    config: '{ "authors": { "commands": { "mine": "my-agent --quick" } } }',
    says: /'authors\.commands' must be .* a list of words for each name; it is/,
  },
])("$config cannot be meant: one line, exit code 2", async ({ config, says }) => {
  const { code, out, err } = await runCli(folderWith({ [specFile]: spec, [configFile]: config }), [
    "validate",
  ]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(says);
  expect(err.trimEnd()).not.toContain("\n");
});

test("every key has a meaning and a JSON Schema", () => {
  for (const [key, { meaning, schema }] of Object.entries(configKeys)) {
    expect(meaning, key).not.toBe("");
    expect(Object.keys(schema), key).not.toEqual([]);
  }
});
