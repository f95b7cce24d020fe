import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { agent, call, folderWith, platform, speckit } from "./agent.ts";

const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
});

const shop = folderWith({
  "constitution.md": "# Shop\n",
  "services/till/specs/001-till/spec.md": "# Till\n\n### Service Name\ntill\n",
});

const hello = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "raw", version: "1" } },
};
const ready = { jsonrpc: "2.0", method: "notifications/initialized" };
const ask = (id: number, name: string, args = {}) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name, arguments: args },
});

/** Writes all lines at once, closes the input, and gives what came out until the process ended. */
async function converse(
  lines: readonly (string | object)[],
  args = ["mcp", "--cwd", shop],
  command = speckit,
) {
  const child = spawn(process.execPath, [command, ...args], { stdio: "pipe" });
  started.push(child);
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    err += text;
  });
  // A server that ends early closes the pipe while we write.
  child.stdin.on("error", () => {});
  child.stdin.end(
    lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join(""),
  );
  const [code] = await once(child, "close");
  return {
    code,
    out,
    err,
    messages: out
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line)),
  };
}

test("what was asked before the input ended is answered, nothing else is printed, and the process ends", async () => {
  const { code, err, messages } = await converse([
    hello,
    ready,
    ask(2, "service_catalog"),
    ask(3, "validate"),
  ]);
  expect(messages.map(({ id }) => id)).toEqual([1, 2, 3]);
  expect(messages[1].result.content[0].text).toContain("till");
  expect(err).toBe("");
  expect(code).toBe(0);
});

test("messages that are none are passed over, and told on standard error in a line each", async () => {
  const { code, err, messages } = await converse([
    hello,
    ready,
    "{",
    "",
    "[]",
    '"hello"',
    '{"jsonrpc":"1.0","id":7,"method":"ping"}',
    '{"jsonrpc":"2.0","id":{},"method":"ping"}',
    "\u0000\u0001binary\ufffd",
    '{"jsonrpc":"2.0","id":99,"result":{}}',
    { jsonrpc: "2.0", id: 4, method: "no/such/method" },
    { jsonrpc: "2.0", id: 5, method: "tools/call", params: { name: 7 } },
    { jsonrpc: "2.0", id: 6, method: "tools/call", params: { name: "find", arguments: [] } },
    { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1234 } },
    ask(8, "find", { query: "till" }),
  ]);
  const answers = new Map(messages.map((message) => [message.id, message]));
  expect(answers.get(4).error.code).toBe(-32601);
  expect(answers.get(5).error).toBeDefined();
  expect(answers.get(6).error).toBeDefined();
  expect(answers.get(8).result.content[0].text).toContain("till");
  expect(err.split("\n").every((line) => line === "" || line.startsWith("speckit mcp: "))).toBe(true);
  expect(code).toBe(0);
});

test("a line without an end is not kept: the process says so and ends", async () => {
  const { code, err, messages } = await converse([hello, "x".repeat(12_000_000)]);
  expect(messages.map(({ id }) => id)).toEqual([1]);
  expect(err).toContain("exceeded maximum size");
  expect(code).toBe(0);
});

test("a root that is not there is said before anything else", async () => {
  const { code, out, err } = await converse([hello], ["mcp", "--cwd", join(shop, "nowhere")]);
  expect(code).toBe(2);
  expect(out).toBe("");
  expect(err).toMatch(/^speckit: There is no folder .*nowhere\. Pass an existing folder with --cwd\.\n$/);
});

test("without the package of the server, how to install it", async () => {
  const home = folderWith({});
  const toolkit = fileURLToPath(new URL("../../speckit/", import.meta.url));
  for (const part of ["bin", "dist/bundle", "package.json"])
    cpSync(join(toolkit, part), join(home, part), { recursive: true });
  const { code, out, err } = await converse([hello], ["mcp"], join(home, "bin/speckit.js"));
  expect(code).toBe(2);
  expect(out).toBe("");
  expect(err).toContain("npm install --save-dev @speckit/mcp");
});

test("many questions at once are all answered, and the protocol meanwhile", async () => {
  const client = await agent({ args: ["mcp", "--cwd", platform()] });
  const queries = ["cancel order", "stock", "password reset", "avatar", "mail"];
  const order: string[] = [];
  const answers = queries.map(async (query) => {
    const { text } = await call(client, "find", { query });
    order.push(query);
    return text;
  });
  await client.ping();
  expect(order).toEqual([]);
  const texts = await Promise.all(answers);
  expect(texts.every((text) => text.includes("relevance"))).toBe(true);
  expect(new Set(texts).size).toBe(queries.length);
});

test("a question that is given up ends, and the next one is answered", async () => {
  const client = await agent({ args: ["mcp", "--cwd", platform()] });
  const giveUp = new AbortController();
  // The first search of a tree makes the index: it takes a while.
  const first = client.callTool({ name: "find", arguments: { query: "stock" } }, undefined, {
    signal: giveUp.signal,
  });
  const waiting = client.callTool({ name: "analyze", arguments: {} }, undefined, { signal: giveUp.signal });
  setTimeout(() => giveUp.abort(), 50);
  await expect(first).rejects.toThrow();
  await expect(waiting).rejects.toThrow();
  expect((await call(client, "explain", { rule: "event-without-consumer" })).text).toContain(
    "# event-without-consumer",
  );
  expect((await call(client, "find", { query: "stock" })).isError).toBe(false);
});
