import { createHash } from "node:crypto";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { agents } from "../../src/authoring/setup/agents.ts";
import { commandPath } from "../../src/authoring/setup/command-file.ts";
import { folderWith } from "../run-cli.ts";
import { runIn } from "../sessions.ts";
import { emptyHome, read, setUp, snapshot, write } from "./run-init.ts";

const plan = ".claude/skills/speckit-plan/SKILL.md";

describe("an empty folder", () => {
  test("gets constitution, configuration, templates and commands, and a second run changes nothing", async () => {
    const root = folderWith({});
    const { files } = await setUp(root, ["--ai", "claude"]);
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        "constitution.md",
        ".speckit.config.json",
        "templates/microservices/service-spec-template.md",
        plan,
      ]),
    );
    expect(new Set(files.map(({ action }) => action))).toEqual(new Set(["created"]));
    const before = snapshot(root);
    const again = await setUp(root, []);
    expect(new Set(again.files.map(({ action }) => action))).toEqual(new Set(["unchanged"]));
    expect(snapshot(root)).toEqual(before);
    for (const check of [["validate", "--all"], ["constitution"]])
      expect((await runIn(root, check)).code).toBe(0);
  });

  test.each(agents.filter(({ key }) => key !== "generic"))("gets the commands of $key", async ({
    key,
    ...agent
  }) => {
    const root = folderWith({});
    const home = emptyHome();
    await setUp(root, ["--ai", key, "--user"], home);
    const file = `${agent.dir}/${commandPath({ key, ...agent }, "validate-contracts", "speckit")}`;
    const text = file.startsWith("~/") ? read(home, file.slice(2)) : read(root, file);
    expect(text).toContain("speckit validate-contracts --json");
  });

  test("with --dry-run stays empty", async () => {
    const root = folderWith({});
    const { files } = await setUp(root, ["--ai", "claude,hermes", "--user", "--mcp", "--dry-run"]);
    expect(files.find(({ path }) => path === ".mcp.json")?.action).toBe("created");
    expect(snapshot(root)).toEqual({});
    const missing = join(root, "shop");
    expect((await runIn(root, ["init", "shop", "--dry-run"])).code).toBe(0);
    expect(existsSync(missing)).toBe(false);
  });

  test("is made when it is not there", async () => {
    const root = folderWith({});
    const { code, out } = await runIn(root, ["init", "shop", "--ai", "claude"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^shop\n/);
    expect(read(root, "shop/constitution.md")).toMatch(/^# Shop Constitution\n/);
  });

  test("of one service gets other templates", async () => {
    const root = folderWith({});
    await setUp(root, ["--template", "single"]);
    expect(Object.keys(snapshot(root)).sort()).toEqual([
      ".speckit.config.json",
      ".speckit/.gitignore",
      ".speckit/manifest.json",
      "constitution.md",
      "templates/single/constitution-single.md",
      "templates/single/plan-template.md",
      "templates/single/spec-template.md",
      "templates/single/tasks-template.md",
    ]);
  });
});

describe("folders of the user", () => {
  test("are written only with --user", async () => {
    const [root, home] = [folderWith({}), emptyHome()];
    const { agents: chosen } = await setUp(root, ["--ai", "hermes"], home);
    expect(chosen).toMatchObject([{ key: "hermes", written: false }]);
    expect(snapshot(home)).toEqual({});
    await setUp(root, ["--ai", "hermes", "--user"], home);
    expect(read(home, ".hermes/skills/speckit-plan/SKILL.md")).toContain("name: speckit-plan\n");
  });
});

describe("running again", () => {
  test("replaces what nobody edited and puts the new version beside what somebody did", async () => {
    const root = folderWith({});
    await setUp(root, ["--ai", "claude"]);
    const original = read(root, plan);
    const find = ".claude/skills/speckit-find/SKILL.md";
    asOldVersion(root, find);
    write(root, plan, `${original}\nAsk Ada first.\n`);
    rmSync(join(root, ".claude/skills/speckit-tasks"), { recursive: true });
    const { actionOf, files } = await setUp(root, []);
    expect(actionOf(find)).toBe("updated");
    expect(actionOf(".claude/skills/speckit-tasks/SKILL.md")).toBe("created");
    expect(files.find(({ path }) => path === plan)).toMatchObject({ action: "kept", beside: `${plan}.new` });
    expect(read(root, plan)).toContain("Ask Ada first.");
    expect(read(root, `${plan}.new`)).toBe(original);
  });

  test("offers a version once, and never overwrites a person's file of that name", async () => {
    const root = folderWith({});
    await setUp(root, ["--ai", "claude"]);
    write(root, plan, "Ask Ada first.\n");
    write(root, `${plan}.new`, "Ada's notes\n");
    await setUp(root, []);
    expect(read(root, `${plan}.new`)).toBe("Ada's notes\n");
    expect(existsSync(join(root, `${plan}.new-2`))).toBe(true);
    rmSync(join(root, `${plan}.new-2`));
    await setUp(root, []);
    expect(existsSync(join(root, `${plan}.new-2`))).toBe(false);
  });

  test("with --force replaces edited commands, and keeps what was there and all documents", async () => {
    const root = folderWith({});
    await setUp(root, ["--ai", "claude"]);
    const original = read(root, plan);
    for (const file of [plan, "constitution.md", ".speckit.config.json"]) write(root, file, '{"rules":{}}\n');
    await setUp(root, ["--force"]);
    expect(read(root, plan)).toBe(original);
    expect(read(root, `${plan}.old`)).toBe('{"rules":{}}\n');
    for (const file of ["constitution.md", ".speckit.config.json"])
      expect(read(root, file)).toBe('{"rules":{}}\n');
  });

  test("keeps agents, and with another prefix removes the old commands that nobody edited", async () => {
    const root = folderWith({});
    await setUp(root, ["--ai", "claude"]);
    write(root, plan, "Ask Ada first.\n");
    const { actionOf } = await setUp(root, ["--ai", "gemini", "--prefix", "fleet"]);
    expect(actionOf(".claude/skills/fleet-plan/SKILL.md")).toBe("created");
    expect(actionOf(".gemini/commands/fleet.plan.toml")).toBe("created");
    expect(actionOf(".claude/skills/speckit-find/SKILL.md")).toBe("removed");
    expect(existsSync(join(root, ".claude/skills/speckit-find"))).toBe(false);
    expect(read(root, plan)).toBe("Ask Ada first.\n");
  });

  test("goes on where an interrupted run stopped, and line ends of git do not count as edits", async () => {
    const [root, whole] = [folderWith({}), folderWith({})];
    await setUp(whole, ["--ai", "claude"]);
    await setUp(root, ["--ai", "claude"]);
    for (const file of [".speckit/manifest.json", "templates/microservices/service-plan-template.md"])
      rmSync(join(root, file));
    write(root, plan, read(root, plan).replaceAll("\n", "\r\n"));
    write(root, `${plan}.999999.tmp`, "half");
    await setUp(root, ["--ai", "claude"]);
    const { [plan]: _, ...rest } = snapshot(root);
    const { [plan]: __, "constitution.md": ___, ...expected } = snapshot(whole);
    expect(rest).toMatchObject(expected);
    expect(Object.keys(rest).filter((file) => /\.(?:new|old)/.test(file))).toEqual([]);
  });
});

/** As if an older version had written the file. */
function asOldVersion(root: string, file: string): void {
  const manifest = JSON.parse(read(root, ".speckit/manifest.json")) as { files: Record<string, string> };
  const old = "---\nname: old\n---\n";
  write(root, file, old);
  manifest.files[file] = createHash("sha256").update(old).digest("hex");
  write(root, ".speckit/manifest.json", JSON.stringify(manifest));
}

describe("what is there already", () => {
  test("stays: files of the same names, and other repositories' too", async () => {
    const mine = {
      "constitution.md": "# Ours\n\n- Be kind\n",
      "templates/microservices/service-spec-template.md": "mine\n",
    };
    const root = folderWith(mine);
    const { files } = await setUp(root, ["--ai", "claude"]);
    for (const [file, text] of Object.entries(mine)) expect(read(root, file)).toBe(text);
    expect(files.find(({ path }) => path.endsWith("service-spec-template.md"))?.beside).toMatch(/\.new$/);
  });

  test("of GitHub spec-kit stays, nothing is put beside it, and a prefix gives both", async () => {
    const theirs = "---\nname: speckit-plan\n---\nRun .specify/scripts/bash/setup-plan.sh\n";
    const root = folderWith({ ".specify/memory/constitution.md": "# Ours\n\n- Be kind\n", [plan]: theirs });
    const before = snapshot(root);
    const { githubSpecKit, actionOf } = await setUp(root, ["--ai", "claude"]);
    expect(githubSpecKit).toEqual([".specify/", plan]);
    expect(actionOf(plan)).toBe("kept");
    expect(actionOf("constitution.md")).toBeUndefined();
    expect(snapshot(root)).toMatchObject(before);
    expect(existsSync(join(root, `${plan}.new`))).toBe(false);
    const { out } = await runIn(root, ["init", "."], { HOME: emptyHome() });
    expect(out).toContain("--prefix fleet");
    await setUp(root, ["--prefix", "fleet"]);
    expect(read(root, plan)).toBe(theirs);
    expect(read(root, ".claude/skills/fleet-plan/SKILL.md")).toContain("name: fleet-plan\n");
  });
});

const outside = tmpdir();

describe("hostile input", () => {
  test.each([
    {
      given: "a folder of commands that is a link out",
      files: { ".claude": { linkTo: outside } },
      argv: ["--ai", "claude"],
      says: ".claude is a link out of",
    },
    {
      given: "a folder of its own that is a link out",
      files: { ".speckit": { linkTo: outside } },
      argv: [],
      says: ".speckit is a link out of",
    },
    {
      given: "a file where a folder is needed",
      files: { ".claude": "mine" },
      argv: ["--ai", "claude"],
      says: ".claude is a file",
    },
    {
      given: "commands outside",
      files: {},
      argv: ["--ai", "generic", "--commands-dir", "../../etc"],
      says: "is no path below",
    },
    {
      given: "commands at the root",
      files: {},
      argv: ["--ai", "generic", "--commands-dir", "/etc"],
      says: "is no path below",
    },
    {
      given: "a name with a line break",
      files: {},
      argv: ["--ai", "generic", "--commands-dir", "a\nb"],
      says: "is no path below",
    },
    { given: "no folder for generic", files: {}, argv: ["--ai", "generic"], says: "--commands-dir" },
    {
      given: "a folder and nobody for it",
      files: {},
      argv: ["--commands-dir", "x"],
      says: "add --ai generic",
    },
    { given: "an unknown agent", files: {}, argv: ["--ai", "clade"], says: "Did you mean 'claude'?" },
    { given: "a prefix with a slash", files: {}, argv: ["--prefix", "../x"], says: "--prefix must be" },
    {
      given: "an unknown template",
      files: {},
      argv: ["--template", "monolith"],
      says: "--template must be one of",
    },
  ])("$given: nothing is written, exit 2", async ({ files, argv, says }) => {
    const root = folderWith(files as Parameters<typeof folderWith>[0]);
    const before = snapshot(root);
    const { code, err } = await runIn(root, ["init", ".", ...argv], { HOME: emptyHome() });
    expect(code).toBe(2);
    expect(err).toContain(says);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(snapshot(root)).toEqual(before);
  });

  test("a link in place of a command is left alone, and so is what it leads to", async () => {
    const outside = folderWith({ "secret.md": "secret\n" });
    const root = folderWith({ [plan]: { linkTo: join(outside, "secret.md") } });
    const { actionOf } = await setUp(root, ["--ai", "claude", "--force"]);
    expect(actionOf(plan)).toBe("kept");
    expect(read(outside, "secret.md")).toBe("secret\n");
  });

  test.each([
    { given: "that names source files", path: "src/app.ts" },
    { given: "that names files beyond the workspace", path: "../outside/speckit-x/SKILL.md" },
  ])("a manifest $given removes none of them", async ({ path }) => {
    const root = folderWith({});
    mkdirSync(join(root, "shop/src"), { recursive: true });
    mkdirSync(join(root, "outside/speckit-x"), { recursive: true });
    for (const file of ["shop/src/app.ts", "outside/speckit-x/SKILL.md"]) write(root, file, "mine\n");
    const shop = join(root, "shop");
    await setUp(shop, ["--ai", "claude"]);
    const manifest = JSON.parse(read(shop, ".speckit/manifest.json")) as { files: Record<string, string> };
    manifest.files[path] = createHash("sha256").update("mine\n").digest("hex");
    write(shop, ".speckit/manifest.json", JSON.stringify(manifest));
    const { files } = await setUp(shop, []);
    expect(files.some((file) => file.path === path)).toBe(false);
    expect(read(root, "shop/src/app.ts")).toBe("mine\n");
    expect(read(root, "outside/speckit-x/SKILL.md")).toBe("mine\n");
  });

  test.each([
    "",
    "null",
    '{"schemaVersion":1,"files":{"__proto__":"x"}}',
    '{"schemaVersion":1,"version":"1","template":"x","prefix":"speckit","agents":["nobody"],"files":7}',
  ])("a manifest that says %j is one that knows nothing", async (text) => {
    const root = folderWith({ ".speckit/manifest.json": text });
    const { files } = await setUp(root, ["--ai", "claude"]);
    expect(files.every(({ action }) => action === "created")).toBe(true);
  });

  test.each([
    { given: "a file", dir: "notes.md", says: "notes.md is a file" },
    { given: "below a file", dir: "notes.md/shop", says: "notes.md is a file" },
    { given: "where nothing can be made", dir: "/proc/shop/orders", says: "cannot be made" },
  ])("a folder that is $given is refused at once", async ({ dir, says }) => {
    const { code, out, err } = await runIn(folderWith({ "notes.md": "" }), ["init", dir, "--ai", "claude"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(says);
  });
});
