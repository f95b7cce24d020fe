import { describe, expect, test } from "vitest";
import { folderWith } from "../run-cli.ts";
import { runIn } from "../sessions.ts";
import { read, setUp, snapshot } from "./run-init.ts";

const express = `import express from "express";
const app = express();
app.get("/orders", listOrders);
app.post("/orders/:orderId/cancel", cancelOrder);
app.get("/health", health);
const { email } = await (await fetch(process.env.USERS_URL + "/users/1")).json();
`;
const fastApi = `from fastapi import FastAPI
app = FastAPI()

@app.post("/users")
def create_user(): ...

@app.get("/users/{user_id}")
def read_user(user_id: str): ...
`;
const manifest = '{ "dependencies": { "express": "5.0.0" } }';
const contract = `openapi: 3.1.0
info: { title: Stock, version: "1" }
paths:
  /stock: { get: { summary: Read the stock, responses: { "200": { description: ok } } } }
`;
const specs = (files: readonly { path: string }[]) =>
  files.map(({ path }) => path).filter((path) => path.endsWith("/spec.md") || path.startsWith("specs/"));

describe("services that have code and nothing else", () => {
  test.each([
    {
      given: "folders of services",
      files: {
        "services/orders/src/app.js": express,
        "services/users/app.py": fastApi,
        "services/users/db.py": "x = 1\n",
      },
      drafted: ["services/orders/specs/001-orders/spec.md", "services/users/specs/001-users/spec.md"],
    },
    {
      given: "folders at the root that are built alone",
      files: { "orders/package.json": manifest, "orders/src/app.js": express, "tools/app.js": express },
      drafted: ["orders/specs/001-orders/spec.md"],
    },
    {
      given: "one beside services with a contract",
      files: {
        "services/stock/contracts/api-spec.yaml": contract,
        "services/orders/app.js": express,
        "packages/web/package.json": manifest,
        "packages/web/server.js": express,
      },
      drafted: ["services/orders/specs/001-orders/spec.md", "services/stock/specs/001-stock/spec.md"],
    },
    {
      given: "a repository that is one service",
      files: {
        "package.json": '{ "name": "orders" }',
        "src/orders/routes.js": express,
        "src/users/routes.js": express,
      },
      drafted: ["specs/001-orders/spec.md"],
    },
    {
      given: "a library",
      files: { "package.json": manifest, "src/index.js": "export const x = 1;\n" },
      drafted: [],
    },
    {
      given: "a test that starts a server",
      files: { "services/orders/test/app.test.js": express },
      drafted: [],
    },
  ])("$given", async ({ files, drafted }) => {
    const root = folderWith(files as Record<string, string>);
    const before = snapshot(root);
    const outcome = await setUp(root, ["--ai", "claude"]);
    expect(specs(outcome.files)).toEqual(drafted);
    expect(snapshot(root)).toMatchObject(before);
    const { out, code } = await runIn(root, ["validate", "--all"]);
    expect(code, out).toBe(0);
  });

  test("get what their code shows, and questions for the rest", async () => {
    const root = folderWith({ "services/orders/src/app.js": express, "services/users/app.py": fastApi });
    await setUp(root, []);
    const orders = read(root, "services/orders/specs/001-orders/spec.md");
    for (const part of [
      "Drafted by `speckit init` from the code.",
      "### P1: List Orders\n**Given** a caller\n**When** they send `GET /orders`\n**Then** [NEEDS CLARIFICATION: What does orders answer to `GET /orders`?]\n",
      "### P2: Cancel Order\n**Given** a caller and an existing order\n**When** they send `POST /orders/{orderId}/cancel`\n",
      "- **FR-001**: The service MUST answer `GET /orders` (P1: List Orders)\n",
      "| users | [NEEDS CLARIFICATION: What is users called for?] | [NEEDS CLARIFICATION: What happens when users does not answer?] |",
    ])
      expect(orders).toContain(part);
    expect(orders).not.toContain("health");
    expect(read(root, "services/users/specs/001-users/spec.md")).toContain("### P1: Create User");
    const { out } = await runIn(root, ["service-catalog", "--format", "json"]);
    expect(JSON.parse(out)).toMatchObject({ services: [{ name: "orders" }, { name: "users" }] });
    expect(read(root, "docs/SERVICE-CATALOG.md")).toContain("orders");
  });

  test("name a framework of the language that most are written in, and no question as what is used", async () => {
    const root = folderWith({
      "services/orders/package.json": manifest,
      "services/orders/src/app.js": express,
      "services/bills/package.json": manifest,
      "services/bills/src/app.ts": express,
      "services/mails/src/app.ts": express,
      "services/users/app.py": fastApi,
      "services/users/requirements.txt": "fastapi==0.110.0\n",
      "services/teas/app.py": fastApi,
      "services/cups/app.py": fastApi,
    });
    const outcome = await setUp(root, []);
    const said = [read(root, "constitution.md"), ...outcome.rejected].join("\n");
    expect(said).toContain("Language: Python (FastAPI)");
    expect(read(root, "docs/SERVICE-CATALOG.md")).not.toContain("NEEDS");
    await runIn(root, ["document", "--service=orders"]);
    const quickRef = read(root, "services/orders/specs/001-orders/quick-ref.md");
    expect(quickRef).toContain("- Calls: users");
    expect(quickRef).not.toContain("NEEDS");
  });
});
