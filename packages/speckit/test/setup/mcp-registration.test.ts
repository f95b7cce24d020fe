import { parse } from "jsonc-parser";
import { expect, test } from "vitest";
import { folderWith } from "../run-cli.ts";
import { read, setUp } from "./run-init.ts";

const entry = { command: "speckit", args: ["mcp"] };

test.each([
  { agent: "claude", file: ".mcp.json", holds: { mcpServers: { speckit: entry } } },
  { agent: "cursor", file: ".cursor/mcp.json", holds: { mcpServers: { speckit: entry } } },
  {
    agent: "copilot",
    file: ".vscode/mcp.json",
    holds: { servers: { speckit: { type: "stdio", ...entry } } },
  },
  { agent: "gemini", file: ".gemini/settings.json", holds: { mcpServers: { speckit: entry } } },
  {
    agent: "zed",
    file: ".zed/settings.json",
    holds: { context_servers: { speckit: { ...entry, env: {} } } },
  },
  {
    agent: "opencode",
    file: "opencode.json",
    holds: { mcp: { speckit: { type: "local", command: ["speckit", "mcp"], enabled: true } } },
  },
])("$agent finds the server in $file", async ({ agent, file, holds }) => {
  const root = folderWith({});
  await setUp(root, ["--ai", agent, "--mcp"]);
  expect(JSON.parse(read(root, file))).toEqual(holds);
});

test("comments, other keys and other servers stay", async () => {
  const theirs =
    '{\n\t// Ada: keep this\n\t"inputs": [],\n\t"servers": {\n\t\t"github": { "url": "https://example.com" }, // ours\n\t}\n}\n';
  const root = folderWith({ ".vscode/mcp.json": theirs });
  await setUp(root, ["--ai", "copilot", "--mcp"]);
  const merged = read(root, ".vscode/mcp.json");
  for (const line of ["\t// Ada: keep this\n", '\t"inputs": [],\n', "// ours\n"])
    expect(merged).toContain(line);
  expect(parse(merged)).toEqual({
    inputs: [],
    servers: { github: { url: "https://example.com" }, speckit: { type: "stdio", ...entry } },
  });
  const again = await setUp(root, ["--ai", "copilot", "--mcp"]);
  expect(again.actionOf(".vscode/mcp.json")).toBe("unchanged");
  expect(read(root, ".vscode/mcp.json")).toBe(merged);
});

test.each([
  { given: "is no JSON", text: "{ servers: " },
  { given: "is a list", text: "[]" },
  { given: "has a text where servers belong", text: '{ "mcpServers": "none" }' },
])("a file that $given is kept, and said to be", async ({ text }) => {
  const root = folderWith({ ".mcp.json": text });
  const { files } = await setUp(root, ["--ai", "claude", "--mcp"]);
  expect(files.find(({ path }) => path === ".mcp.json")).toMatchObject({
    action: "kept",
    reason: "unreadable",
  });
  expect(read(root, ".mcp.json")).toBe(text);
});

test("a server of that name is a person's to change", async () => {
  const theirs = '{ "mcpServers": { "speckit": { "command": "/opt/speckit" } } }\n';
  const root = folderWith({ ".mcp.json": theirs });
  await setUp(root, ["--ai", "claude", "--mcp"]);
  expect(read(root, ".mcp.json")).toBe(theirs);
});
