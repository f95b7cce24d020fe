import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { kongConfiguration } from "../src/kong.ts";
import { routesOf } from "../src/routes.ts";
import { contracts, contractsRoot } from "./gateway-for-tests.ts";
import { targets } from "./targets.ts";

const file = path.join(contractsRoot, "deploy", "kong.yml");
const has = (program: string, option: string) => spawnSync(program, [option]).status === 0;

interface Plugin {
  readonly name: string;
  readonly config: Record<string, unknown>;
}
interface KongRoute {
  readonly name: string;
  readonly methods: string[];
  readonly paths: string[];
  readonly plugins?: Plugin[];
}
const kong = load(kongConfiguration(contracts)) as {
  services: { name: string; host: string; routes: KongRoute[] }[];
  routes: KongRoute[];
  plugins: Plugin[];
};
const routes = kong.services.flatMap(({ name, routes }) =>
  routes.map((route) => ({ service: name, ...route })),
);
const plugin = (of: { plugins?: Plugin[] } | undefined, name: string) =>
  of?.plugins?.find((one) => one.name === name);

describe("deploy/kong.yml", () => {
  test("is what the contracts say; `npm run kong -w @shop/gateway` writes it", () => {
    expect(fs.readFileSync(file, "utf8")).toBe(kongConfiguration(contracts));
  });

  test.skipIf(!has("deck", "version"))("holds for decK (needs `deck`, a package of Debian)", () => {
    const { status, stderr } = spawnSync("deck", ["validate", "-s", file], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  test("routes every operation as the gateway does", () => {
    const ours = routesOf(contracts).map(({ service, operation }) => [
      service,
      operation.operationId,
      operation.method,
    ]);
    expect(routes.map(({ service, name, methods }) => [service, name, ...methods])).toEqual(ours);
    const regex = (route: KongRoute | undefined) => new RegExp(`^${route?.paths[0]?.slice(1)}`);
    const cancel = regex(routes.find(({ name }) => name === "cancelOrder"));
    expect(cancel.test("/api/v1/orders/49a224d6/cancel")).toBe(true);
    expect(cancel.test("/api/v1/orders/49a224d6/cancel/again")).toBe(false);
    expect(cancel.test("/api/v1/orders/a/b/cancel")).toBe(false);
  });

  test("asks for a token where the contracts do, and nowhere else", () => {
    const asking = routes
      .filter((route) => plugin(route, "post-function")?.config.access)
      .map(({ name }) => name);
    const secured = routesOf(contracts).flatMap(({ operation }) =>
      operation.secured ? operation.operationId : [],
    );
    expect(asking).toEqual(secured);
  });

  test.each([
    { what: "all", of: kong, name: "rate-limiting", config: { second: 1000 } },
    { what: "logIn", name: "rate-limiting", config: { minute: 60 } },
    { what: "registerAccount", name: "rate-limiting", config: { minute: 60 } },
    {
      what: "all",
      of: kong,
      name: "request-size-limiting",
      config: { allowed_payload_size: 1_048_576, size_unit: "bytes" },
    },
    {
      what: "uploadAvatar",
      name: "request-size-limiting",
      config: { allowed_payload_size: 2_162_688, size_unit: "bytes" },
    },
    {
      what: "all",
      of: kong,
      name: "cors",
      config: { origins: ["*"], methods: ["DELETE", "GET", "POST", "PUT"] },
    },
    {
      what: "all",
      of: kong,
      name: "correlation-id",
      config: { header_name: "x-request-id", echo_downstream: true },
    },
  ])("has $name of $what", ({ what, of, name, config }) => {
    const place = of ?? routes.find((route) => route.name === what);
    expect(plugin(place, name)?.config).toMatchObject(config);
  });
});

describe.skipIf(!has("luajit", "-v"))("the functions of Kong (needs `luajit`, a package of Debian)", () => {
  const folder = path.join(import.meta.dirname, "..", "kong");
  /** One call each: the script, the first line of the request, then headers and what the world is like. */
  const run = (calls: readonly (readonly [string, string, Record<string, string>])[]) => {
    const input = calls.map(
      ([name, request, given]) =>
        [name, request, ...Object.entries(given).map((pair) => pair.join("="))].join("\t") +
        (Object.keys(given).length === 0 ? "\t" : ""),
    );
    const output = execFileSync("luajit", [path.join(import.meta.dirname, "kong.lua"), folder], {
      input: `${input.join("\n")}\n`,
      encoding: "utf8",
    });
    return output.trimEnd().split("\n");
  };

  test("refuse the targets that the gateway refuses", () => {
    const sendable = targets.filter(([target]) => target !== "");
    const said = run(sendable.map(([target]) => ["refuse-tricks", `GET ${target} HTTP/1.1`, {}] as const));
    const wanted = sendable.map(([target, plain]) =>
      plain ? "passes" : target.startsWith("/") ? "404" : "400",
    );
    expect(said.map((answer, index) => [sendable[index]?.[0], answer])).toEqual(
      wanted.map((answer, index) => [sendable[index]?.[0], answer]),
    );
  });

  test.each([
    { id: "tea-order.7", kept: "passes as tea-order.7" },
    { id: "<script>", kept: "passes" },
    { id: "x".repeat(65), kept: "passes" },
  ])("keep the request id $id only when it is plain", ({ id, kept }) => {
    expect(run([["refuse-tricks", "GET /api/v1/products HTTP/1.1", { "x-request-id": id }]])).toEqual([kept]);
  });

  test.each([
    { given: "no token", headers: {}, says: "401 Bearer" },
    { given: "another scheme", headers: { authorization: "Basic YWRh" }, says: "401 Bearer" },
    { given: "a token with a quote", headers: { authorization: 'Bearer a"b' }, says: "401 Bearer" },
    {
      given: "a token that holds",
      headers: { authorization: "Bearer a.b.c", "auth-answers": "200" },
      says: 'passes\tPOST VALIDATE_URL {"token":"a.b.c"}',
    },
    {
      given: "a token that does not hold",
      headers: { authorization: "bearer a.b.c", "auth-answers": "401" },
      says: '401 Bearer\tPOST VALIDATE_URL {"token":"a.b.c"}',
    },
    {
      given: "no answer of auth-service",
      headers: { authorization: "Bearer a.b.c" },
      says: '503\tPOST VALIDATE_URL {"token":"a.b.c"}',
    },
    {
      given: "an error of auth-service",
      headers: { authorization: "Bearer a.b.c", "auth-answers": "500" },
      says: '503\tPOST VALIDATE_URL {"token":"a.b.c"}',
    },
  ])("judge $given", ({ headers, says }) => {
    expect(
      run([["require-token", "GET /api/v1/orders HTTP/1.1", headers as Record<string, string>]]),
    ).toEqual([says]);
  });

  test.each([
    { source: "exit", status: "404", becomes: "Content-Type: application/problem+json" },
    { source: "error", status: "502", becomes: "Content-Type: application/problem+json" },
    { source: "service", status: "404", becomes: "passes" },
    { source: "exit", status: "204", becomes: "passes" },
  ])("make a problem of $status when it comes from $source: $becomes", ({ becomes, ...given }) => {
    expect(run([["problem-header", "GET / HTTP/1.1", given]])).toEqual([becomes]);
  });

  test.each([
    {
      status: "429",
      request: "GET /api/v1/orders?limit=2 HTTP/1.1",
      says: { status: 429, type: "/problems/too-many-requests", instance: "/api/v1/orders" },
    },
    {
      status: "418",
      request: "GET /tea HTTP/1.1",
      says: { status: 418, type: "/problems/internal-error", instance: "/tea" },
    },
    { status: "404", request: 'GET /a"b\\c HTTP/1.1', says: { status: 404, instance: "/a%22b%5Cc" } },
  ])("write the problem $status", ({ status, request, says }) => {
    const [text = ""] = run([["problem-body", request, { status, problem: "yes" }]]);
    expect(JSON.parse(text)).toMatchObject(says);
    expect(Object.keys(JSON.parse(text))).toEqual(["type", "title", "status", "detail", "instance"]);
  });

  test("leave other bodies alone", () => {
    expect(run([["problem-body", "GET / HTTP/1.1", { status: "200", problem: "no" }]])).toEqual(["passes"]);
  });
});
