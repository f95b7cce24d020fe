import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { allServices, platformWith, userContract } from "./platform.ts";
import { folderWith, runCli } from "./run-cli.ts";

const file = "docs/SERVICE-CATALOG.md";
let root = "";
const catalog = (...args: string[]) => runCli(root, ["service-catalog", ...args]);
const read = () => readFileSync(join(root, file), "utf8");

beforeEach(() => {
  root = folderWith(platformWith(allServices));
});

describe("the catalog file", () => {
  test("--digest says what is in it and how it stands with the file, and leaves that alone", async () => {
    const missing = await catalog("--digest");
    expect(missing).toMatchObject({
      code: 0,
      out: expect.stringContaining(`There is no ${file} yet: 5 services`),
    });
    expect(existsSync(join(root, file))).toBe(false);
    const { out } = await catalog();
    const current = await catalog("--digest");
    expect(current.out).toContain(`✅ ${file} is current: 5 services`);
    expect(current.out.split("\n").slice(1)).toEqual(out.split("\n").slice(1));
    writeFileSync(join(root, file), "# By hand\n");
    expect((await catalog("--digest")).out).toContain(`${file} was written by a person: 5 services`);
    expect(read()).toBe("# By hand\n");
  });

  test("is written, then current, then stale when a contract changes, then refreshed", async () => {
    expect(await catalog("--check")).toMatchObject({
      code: 1,
      out: expect.stringContaining(`${file} is missing`),
    });
    expect(await catalog()).toMatchObject({ code: 0, err: "" });
    const written = read();
    expect(await catalog("--check")).toEqual({ code: 0, err: "", out: `✅ ${file} is current\n` });
    const contract = readFileSync(join(root, userContract), "utf8");
    writeFileSync(
      join(root, userContract),
      contract.replaceAll("/api/v1/users/{id}/avatar", "/api/v1/users/{id}/picture"),
    );
    const stale = await catalog("--check");
    expect(stale.code).toBe(1);
    const line = Number(/SERVICE-CATALOG\.md:(\d+) is stale/.exec(stale.out)?.[1]);
    expect(written.split("\n")[line - 1]).toContain("avatar");
    expect((await catalog()).out).toContain(`${file} refreshed`);
    expect(read()).toContain("picture");
    expect((await catalog("--check")).code).toBe(0);
  });

  test("that a person wrote is left alone without --force", async () => {
    await catalog();
    writeFileSync(join(root, file), "# Our services\n");
    expect(await catalog()).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("was written by a person"),
    });
    expect(read()).toBe("# Our services\n");
    expect((await catalog("--force")).code).toBe(0);
    expect(read()).toMatch(/^# Microservices Catalog\n/);
  });

  test("that a person changed is left alone without --force", async () => {
    await catalog();
    const edited = `${read()}\nAsk Ada about auth-service.\n`;
    writeFileSync(join(root, file), edited);
    expect(await catalog()).toMatchObject({ code: 2, out: "", err: expect.stringContaining("was edited") });
    expect((await catalog("--check")).out).toContain("was edited");
    expect(read()).toBe(edited);
  });

  test("is current with other line ends too", async () => {
    await catalog();
    writeFileSync(join(root, file), read().replaceAll("\n", "\r\n"));
    expect((await catalog("--check")).code).toBe(0);
  });
});

test("as JSON: services with what they offer, edges with their evidence, cycles; nothing is written", async () => {
  const { code, out } = await catalog("--format", "json");
  expect(code).toBe(0);
  const { schemaVersion, services, edges, cycles } = JSON.parse(out);
  expect(schemaVersion).toBe(1);
  expect(services.map(({ name }: { name: string }) => name).sort()).toEqual(
    allServices.map((name) => `${name}-service`),
  );
  expect(services.find(({ name }: { name: string }) => name === "user-service")).toMatchObject({
    dir: "services/user-service",
    implemented: true,
    publishes: [
      { event: "user.profile.created", version: "v1" },
      { event: "user.profile.updated", version: "v1" },
    ],
    dependsOn: ["auth-service"],
  });
  expect(edges).toContainEqual(
    expect.objectContaining({
      from: "user-service",
      to: "auth-service",
      kind: "calls",
      evidence: expect.arrayContaining([
        expect.objectContaining({ source: "spec", line: expect.any(Number) }),
      ]),
    }),
  );
  expect(cycles).toEqual([]);
  expect(existsSync(join(root, file))).toBe(false);
});

test("as the boxed graph of the walk-through", async () => {
  const { out } = await catalog("--graph-only");
  expect(out).toContain("┌");
  for (const name of allServices) expect(out).toContain(`${name}-service`);
  expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
});

test("a repository without services has no catalog, and says what to write", async () => {
  root = folderWith({ "README.md": "# Nothing\n" });
  const { code, out } = await catalog();
  expect(code).toBe(0);
  expect(out).toContain("No service was found");
  expect(existsSync(join(root, file))).toBe(false);
});
