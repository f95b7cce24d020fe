import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { folderWith, speckitMcp } from "./agent.ts";

const inspector = createRequire(import.meta.url).resolve("@modelcontextprotocol/inspector-cli/build/cli.js");
const shop = folderWith({
  "constitution.md": "# Shop\n",
  "services/till/specs/001-till/spec.md": "# Till\n\n### Service Name\ntill\n",
});
// The inspector keeps flags to itself, so the server's own come from a file.
const config = folderWith({
  "mcp.json": JSON.stringify({
    mcpServers: { speckit: { command: process.execPath, args: [speckitMcp, "--cwd", shop] } },
  }),
});

/** What the protocol's inspector prints: the answer to one request, as JSON. */
async function inspect(...args: readonly string[]) {
  const line = [
    inspector,
    "--cli",
    "--config",
    `${config}/mcp.json`,
    "--server",
    "speckit",
    "--method",
    ...args,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, line, { cwd: shop });
  return JSON.parse(stdout);
}

test("the protocol's inspector lists, calls and reads", async () => {
  expect((await inspect("tools/list")).tools).toHaveLength(12);
  const called = await inspect(
    "tools/call",
    "--tool-name",
    "find",
    "--tool-arg",
    "query=till",
    "--tool-arg",
    "limit=1",
  );
  expect(called.structuredContent.results[0].file).toBe("services/till/specs/001-till/spec.md");
  const { contents } = await inspect("resources/read", "--uri", "speckit://documents/constitution.md");
  expect(contents[0].text).toBe("# Shop\n");
});
