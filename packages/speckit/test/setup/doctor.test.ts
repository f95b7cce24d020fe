import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allServices, platformWith } from "../platform.ts";
import { folderWith } from "../run-cli.ts";
import { runIn } from "../sessions.ts";
import { emptyHome, read, setUp, write } from "./run-init.ts";

const plan = ".claude/skills/speckit-plan/SKILL.md";

/** Ids of what the doctor saw in a folder that was set up, after something happened to it. */
async function seen(root: string) {
  const bin = folderWith({ speckit: "#!/bin/sh\n" });
  const { code, out, err } = await runIn(root, ["doctor", "--json"], { HOME: emptyHome(), PATH: bin });
  const { items } = JSON.parse(out) as { items: { id: string; message: string; fix?: string }[] };
  return { code, err, ids: items.map(({ id }) => id), items };
}

test.each([
  { given: "nothing", change: () => {}, ids: [], code: 0 },
  {
    given: "an edited command",
    change: (root: string) => write(root, plan, "mine\n"),
    ids: ["set-up-edited"],
    code: 0,
  },
  {
    given: "a command that is gone",
    change: (root: string) => rmSync(join(root, plan)),
    ids: ["set-up-missing"],
    code: 0,
  },
  {
    given: "an older version",
    change: (root: string) =>
      write(
        root,
        ".speckit/manifest.json",
        read(root, ".speckit/manifest.json").replace(/"version": "[^"]+"/, '"version": "0.0.1"'),
      ),
    ids: ["set-up-outdated"],
    code: 0,
  },
  {
    given: "no constitution",
    change: (root: string) => rmSync(join(root, "constitution.md")),
    ids: ["constitution-missing"],
    code: 0,
  },
  {
    given: "a new operation that the catalog lacks",
    change: (root: string) =>
      write(
        root,
        "services/user-service/contracts/api-spec.yaml",
        read(root, "services/user-service/contracts/api-spec.yaml").replace(
          "/api/v1/users:",
          "/api/v1/people:",
        ),
      ),
    ids: ["catalog-stale"],
    code: 0,
  },
  {
    given: "a misspelt key",
    change: (root: string) => write(root, ".speckit.config.json", '{ "cahce": {} }'),
    ids: ["unknown-config-key"],
    code: 0,
  },
  {
    given: "a broken configuration",
    change: (root: string) => write(root, ".speckit.config.json", "{"),
    ids: ["config-broken"],
    code: 1,
  },
  {
    given: "no manifest",
    change: (root: string) => rmSync(join(root, ".speckit/manifest.json")),
    ids: ["not-set-up"],
    code: 0,
  },
  {
    given: "a server that is registered and not installed",
    change: (root: string) => write(root, ".mcp.json", '{ "mcpServers": { "speckit": {} } }'),
    ids: [],
    code: 0,
    maybe: "mcp-server-missing",
  },
])("with $given the doctor sees $ids", async ({ change, ids, code, maybe }) => {
  const root = folderWith(platformWith(allServices));
  await setUp(root, ["--ai", "claude"]);
  change(root);
  const outcome = await seen(root);
  expect(outcome.ids.filter((id) => id !== "git-missing" && id !== maybe)).toEqual(ids);
  expect(outcome.code, outcome.err).toBe(code);
});

test("new versions beside edited files wait until they are merged", async () => {
  const root = folderWith({});
  await setUp(root, ["--ai", "claude"]);
  write(root, plan, "mine\n");
  await setUp(root, []);
  expect((await seen(root)).ids).toContain("merge-waiting");
  rmSync(join(root, `${plan}.new`));
  expect((await seen(root)).ids).not.toContain("merge-waiting");
});

test("without speckit on the PATH agents cannot run it", async () => {
  const { out } = await runIn(folderWith({}), ["doctor"], { HOME: emptyHome(), PATH: "" });
  expect(out).toContain("speckit is not on the PATH");
  for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});
