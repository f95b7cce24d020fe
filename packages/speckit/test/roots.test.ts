import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commitAll } from "./platform.ts";
import { folderWith, runCli } from "./run-cli.ts";

const api = (title: string, fields: string) => `openapi: 3.1.0
info: { title: ${title}, version: 1.0.0 }
paths:
  /api/v1/${title}:
    post:
      operationId: make-${title}
      requestBody:
        content:
          application/json:
            schema: { type: object, required: [${fields}], properties: { name: { type: string }, size: { type: string } } }
      responses: { "201": { description: Made }, "400": { description: Bad } }
`;
const orderSpec = `# Order Service

## Service Name
order-service

**Given** an order **When** it is placed **Then** the user is asked for

### Upstream Services
| Service | Purpose | Endpoints |
|---|---|---|
| user-service | knows people | POST /api/v1/users |
`;

/** Three repositories side by side; `orders` names the other two. */
function fleet(): string {
  const parent = folderWith({
    "orders/.speckit.config.json": JSON.stringify({ roots: ["../user-service", "../backoffice"] }),
    "orders/services/order-service/specs/001-orders/spec.md": orderSpec,
    "orders/services/order-service/src/index.ts": "export {};\n",
    "user-service/openapi.yaml": api("users", "name"),
    "user-service/CODEOWNERS": "* @shop/identity\n",
    "backoffice/services/bills/openapi.yaml": api("bills", "name"),
  });
  for (const repository of ["orders", "user-service", "backoffice"]) commitAll(join(parent, repository));
  return parent;
}

async function check(cwd: string, ...options: string[]) {
  const { code, out, err } = await runCli(cwd, ["validate-contracts", "--all", "--json", ...options]);
  type Finding = { rule: string; file: string; service?: string; owner?: string; consumers?: string[] };
  const { findings, services } = JSON.parse(out) as {
    findings: Finding[];
    services: { name: string; dir: string }[];
  };
  return { code, findings, services, err };
}

test("other repositories belong to the fleet, each with a baseline of its own", async () => {
  const parent = fleet();
  const root = join(parent, "orders");
  const before = await check(root, "--breaking-changes-only");
  expect(before.findings).toEqual([]);
  expect(before.services).toMatchObject([
    { name: "bills", dir: "../backoffice/services/bills" },
    { name: "order-service", dir: "services/order-service" },
    { name: "user-service", dir: "../user-service" },
  ]);
  writeFileSync(join(parent, "user-service/openapi.yaml"), api("users", "name, size"));
  const after = await check(root, "--breaking-changes-only");
  expect(after.code).toBe(1);
  expect(after.findings).toMatchObject([
    {
      rule: "property-became-required",
      file: "../user-service/openapi.yaml",
      service: "user-service",
      owner: "@shop/identity",
      consumers: ["order-service"],
    },
  ]);
  expect((await check(root, "--changed")).findings.every(({ service }) => service === "user-service")).toBe(
    true,
  );
  // What the baseline of one repository is called means nothing in another.
  execFileSync("git", ["branch", "-q", "release"], { cwd: root });
  expect((await check(root, "--breaking-changes-only", "--compare-with", "release")).findings).toHaveLength(
    1,
  );
});

test("of a folder without git it is said that nothing is compared, and the others are", async () => {
  const parent = fleet();
  const root = join(parent, "orders");
  writeFileSync(join(parent, "user-service/openapi.yaml"), api("users", "name, size"));
  rmSync(join(parent, "backoffice/.git"), { recursive: true });
  const { findings, err } = await check(root, "--breaking-changes-only");
  expect(findings).toHaveLength(1);
  expect(err).toContain("this is no git repository (../backoffice)");
});

test("a shallow clone that lacks the default branch is called one", async () => {
  const parent = fleet();
  const origin = join(parent, "user-service");
  const git = (cwd: string, ...args: string[]) => execFileSync("git", args, { cwd, stdio: "ignore" });
  git(origin, "switch", "-c", "feature");
  writeFileSync(join(origin, "openapi.yaml"), api("users", "name, size"));
  commitAll(origin);
  git(origin, "switch", "main");
  git(parent, "clone", "--depth=1", "--branch=feature", `file://${origin}`, "clone");
  const { findings, err } = await check(join(parent, "clone"), "--breaking-changes-only");
  expect(findings).toEqual([]);
  expect(err).toContain("the clone is shallow and does not reach the default branch");
});

test.each([
  { path: "../nowhere", says: "which is no folder here" },
  { path: ".", says: "which is this repository itself" },
  { path: "..", says: "which holds this repository" },
  { path: "/srv/user-service", says: "which is no path relative to this file" },
])('roots: ["$path"] cannot be meant', async ({ path, says }) => {
  const root = folderWith({
    ".speckit.config.json": JSON.stringify({ roots: [path] }),
    "openapi.yaml": api("a", "name"),
  });
  const { code, err } = await runCli(root, ["validate-contracts"]);
  expect(code).toBe(2);
  expect(err).toContain(`.speckit.config.json: 'roots' names "${path}", ${says}`);
});

test("a repository inside of the workspace is read once, and compared with its own baseline", async () => {
  const root = folderWith({
    ".speckit.config.json": JSON.stringify({ roots: ["repos/user-service"] }),
    "services/order-service/specs/001-orders/spec.md": orderSpec,
    "repos/user-service/openapi.yaml": api("users", "name"),
  });
  mkdirSync(join(root, "repos/user-service"), { recursive: true });
  commitAll(join(root, "repos/user-service"));
  writeFileSync(join(root, "repos/user-service/openapi.yaml"), api("users", "name, size"));
  const { findings, services } = await check(root, "--breaking-changes-only");
  expect(services.map(({ name }) => name)).toEqual(["order-service", "user-service"]);
  expect(findings).toMatchObject([{ rule: "property-became-required", consumers: ["order-service"] }]);
});
