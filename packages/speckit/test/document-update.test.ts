import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadTokenCounter } from "../src/tokens/count.ts";
import { languages, shopWith } from "./document-services.ts";
import { folderWith, runCli } from "./run-cli.ts";

const dir = "services/order-service";
const quickRef = `${dir}/specs/001-orders/quick-ref.md`;
const aiDoc = `${dir}/specs/001-orders/ai-doc.md`;
const code = `${dir}/src/domain/orders.ts`;
const read = (root: string, file: string) => readFileSync(join(root, file), "utf8");
const write = (root: string, file: string, text: string) => writeFileSync(join(root, file), text);
const edit = (root: string, file: string, before: string, after: string) => {
  const text = read(root, file);
  expect(text).toContain(before);
  write(root, file, text.replace(before, after));
};
const document = (root: string, ...flags: readonly string[]) =>
  runCli(root, ["document", "--service=order-service", ...flags]);
const section = (text: string, title: string) => text.split(`## ${title}\n`)[1]?.split("\n## ")[0];

async function documented(more: Readonly<Record<string, string>> = {}): Promise<string> {
  const root = folderWith(shopWith(languages.typescript, more));
  expect((await document(root)).code).toBe(0);
  return root;
}

/** Every reference into the file is two lines off. */
const moveCode = (root: string) =>
  write(root, code, `import { bus } from "./bus.js";\n\n${read(root, code)}`);

test("when code moves, only the sections that speak of it are rewritten, and the lines are shown", async () => {
  const root = await documented();
  const before = read(root, aiDoc);
  moveCode(root);
  const { out } = await document(root, "--update");
  const after = read(root, aiDoc);
  for (const title of ["Overview", "Operations", "Environment", "Scenarios and tests"])
    expect(section(after, title)).toBe(section(before, title));
  expect(section(after, "Files")).toContain("`placeOrder` `src/domain/orders.ts:4`");
  expect(out).toContain("Changed: Events published, Files");
  expect(out).toContain(
    "-   - `placeOrder` `src/domain/orders.ts:2`\n+   - `placeOrder` `src/domain/orders.ts:4`",
  );
  expect((await document(root, "--check")).code).toBe(0);
});

describe("what a person wrote", () => {
  test("stays, where they changed a section, and the rest is brought up to date", async () => {
    const root = await documented();
    edit(root, aiDoc, "| `PORT` | Port to listen on |", "| `PORT` | 8080 in production |");
    edit(root, quickRef, "- PORT - Port to listen on", "- PORT - 8080 in production");
    moveCode(root);
    write(root, `${dir}/src/main.ts`, "// Starts the service.\n\nlisten(process.env.HOST);\n");
    const { out } = await document(root);
    expect(out).toContain("→ Kept as you wrote it: Environment");
    expect(read(root, aiDoc)).toContain("| `PORT` | 8080 in production |");
    expect(read(root, aiDoc)).toContain("`src/domain/orders.ts:4`");
    expect(read(root, quickRef)).toContain("- PORT - 8080 in production");
    expect(read(root, quickRef)).not.toContain("HOST");
    // What was kept is no reason to fail; the reference in it, which leads nowhere now, is.
    const checked = await document(root, "--check");
    expect(checked.code).toBe(1);
    expect(checked.out).toMatch(/⚠️ {2}Line \d+: 'DATABASE_URL' is not in/);
  });

  test("stays, where they added a section or took one out", async () => {
    const root = await documented();
    const own = "## How we deploy\n\nOn Tuesdays, by hand.\n\n### The list\n\n1. Breathe.\n\n";
    edit(root, aiDoc, "## Files\n", `${own}## Files\n`);
    const dependencies = section(read(root, aiDoc), "Dependencies") ?? "";
    edit(root, aiDoc, `## Dependencies\n${dependencies}\n`, "");
    moveCode(root);
    await document(root);
    const text = read(root, aiDoc);
    expect(text).toContain(own);
    expect(text.indexOf("## How we deploy")).toBeLessThan(text.indexOf("## Files"));
    expect(text).toContain("`src/domain/orders.ts:4`");
    expect(text).not.toContain("## Dependencies");
    expect((await document(root, "--check")).code).toBe(0);
  });

  test.each([
    { given: "a comment of theirs included", own: "## Notes\n\nAsk Ada.\n\n<!-- keep this -->\n" },
    { given: "without a heading", own: "Ask Ada.\n\n<!-- keep this -->\n" },
  ])("stays behind the seals, where the file seemed to end: $given", async ({ own }) => {
    const root = await documented();
    write(root, aiDoc, `${read(root, aiDoc)}\n${own}`);
    expect((await document(root, "--check")).code).toBe(0);
    moveCode(root);
    const { out } = await document(root);
    expect(out).toContain("Changed: Events published, Files");
    const text = read(root, aiDoc);
    expect(text).toContain(own);
    expect(text.split("Seals:")).toHaveLength(2);
    expect(text).toMatch(/\n-->\n$/);
    expect((await document(root, "--check")).code).toBe(0);
  });

  test("is handed back where the section and its seal are taken out", async () => {
    const root = await documented();
    const before = read(root, aiDoc);
    edit(root, aiDoc, "Port to listen on", "8080");
    edit(root, aiDoc, `## Environment\n${section(read(root, aiDoc), "Environment")}\n`, "");
    write(root, aiDoc, read(root, aiDoc).replace(/^[0-9a-f]{12} ai-doc\.md Environment\n/m, ""));
    await document(root);
    expect(read(root, aiDoc)).toBe(before);
  });

  test("is replaced with --force alone", async () => {
    const root = await documented();
    const before = read(root, aiDoc);
    edit(root, aiDoc, "Port to listen on", "8080");
    await document(root);
    expect(read(root, aiDoc)).not.toBe(before);
    await document(root, "--force");
    expect(read(root, aiDoc)).toBe(before);
  });

  test("stays where the documents are older than the engine, and what is missing is added", async () => {
    const old =
      "# order-service\n\nWritten by Ada.\n\n## Operations\n\nPlace and read.\n\n## Flows\n\nFirst this, then that.\n";
    const oldRef =
      "# order-service Quick Reference\n\n**Endpoints:**\n- POST /api/v1/orders - The only one that counts\n";
    const root = await documented({ [aiDoc]: old, [quickRef]: oldRef });
    const text = read(root, aiDoc);
    for (const part of [
      "# order-service\n\nWritten by Ada.\n",
      "## Operations\n\nPlace and read.\n",
      "## Flows\n\nFirst this, then that.\n",
    ])
      expect(text).toContain(part);
    expect(text).toContain("\n## Files\n");
    expect(read(root, quickRef)).toContain(oldRef);
    expect(read(root, quickRef)).toContain("**Key Files:**\n- src/domain/orders.ts");
    expect((await document(root, "--check")).code).toBe(0);
    moveCode(root);
    await document(root);
    expect(read(root, aiDoc)).toContain("`src/domain/orders.ts:4`");
    expect(read(root, aiDoc)).toContain("Place and read.");
  });

  test("takes its share of the tokens, and is not cut where it takes more than there are", async () => {
    const root = await documented();
    const long = `**Environment:**\n${Array.from({ length: 12 }, (_, index) => `- VARIABLE_${index} - Means something`).join("\n")}\n`;
    edit(
      root,
      quickRef,
      "**Environment:**\n- DATABASE_URL - Database connection\n- PORT - Port to listen on\n",
      long,
    );
    const { out } = await document(root);
    const count = await loadTokenCounter();
    expect(read(root, quickRef)).toContain(long);
    expect(count(read(root, quickRef))).toBeLessThanOrEqual(200);
    expect(out).toContain("→ Changed: Key Files");
    edit(root, quickRef, "- VARIABLE_0", `- MORE - ${"and more words ".repeat(80)}\n- VARIABLE_0`);
    const longer = await document(root);
    expect(read(root, quickRef)).toContain("and more words and more words");
    expect(longer.out).toMatch(/What a person wrote has more than 200\s+tokens/);
  });

  test.each([
    { given: "line ends of Windows", change: (text: string) => text.replaceAll("\n", "\r\n") },
    {
      given: "tables in line",
      change: (text: string) =>
        text.replaceAll("|---|---|---|", "| -------- | --------- | --- |").replaceAll(" | ", "   | "),
    },
    {
      given: "the seals of two branches",
      change: (text: string) => text.replace(/^[0-9a-f]{12}( ai-doc\.md Files)$/m, "$&\n0123456789ab$1"),
    },
  ])("is not suspected for $given", async ({ change }) => {
    const root = await documented();
    write(root, aiDoc, change(read(root, aiDoc)));
    expect((await document(root, "--check")).code).toBe(0);
    moveCode(root);
    expect((await document(root)).out).not.toContain("Kept");
    expect(read(root, aiDoc)).toContain("`src/domain/orders.ts:4`");
  });

  test.each([
    { given: "gone", change: (text: string) => text.replace(/<!--[\s\S]*-->\n/, "") },
    { given: "damaged", change: (text: string) => text.replace(/^[0-9a-f]{12}/gm, "zzz") },
    { given: "cut off", change: (text: string) => text.replace(/-->\n$/, "") },
  ])("is what nobody knows, where the seals are $given", async ({ change }) => {
    const root = await documented();
    write(root, aiDoc, change(read(root, aiDoc).replace("Starts the service", "Starts it all")));
    moveCode(root);
    await document(root);
    expect(read(root, aiDoc)).toContain("Starts it all");
  });
});

describe("--check", () => {
  test.each([
    {
      given: "a document is missing",
      change: (root: string) => rmSync(join(root, aiDoc)),
      says: `❌ ${aiDoc} missing`,
    },
    { given: "code moved", change: moveCode, says: "→ Differs: Events published, Files" },
    {
      given: "the contract has one more operation",
      change: (root: string) =>
        edit(
          root,
          `${dir}/contracts/api-spec.yaml`,
          "  /api/v1/orders/{orderId}:\n",
          "  /api/v1/orders/{orderId}:\n    delete:\n      operationId: removeOrder\n      responses:\n        '204':\n          description: Gone\n",
        ),
      says: `❌ ${quickRef} stale`,
    },
  ])("fails when $given, and writes nothing", async ({ change, says }) => {
    const root = await documented();
    change(root);
    const before = [quickRef, aiDoc].map((file) => existsSync(join(root, file)) && read(root, file));
    const { code: exit, out } = await document(root, "--check");
    expect(exit).toBe(1);
    expect(out).toContain(says);
    expect(out).toMatch(/\nNext: speckit document --update --service=order-service\n$/);
    expect([quickRef, aiDoc].map((file) => existsSync(join(root, file)) && read(root, file))).toEqual(before);
    await document(root, "--update");
    expect((await document(root, "--check")).code).toBe(0);
  });

  test("fails when a person's reference leads nowhere, as validate says too", async () => {
    const root = await documented();
    edit(root, aiDoc, "## Files\n", "## Flows\n\nEverything begins in `src/flow.ts:3`.\n\n## Files\n");
    const { code: exit, out } = await document(root, "--check");
    expect(exit).toBe(1);
    expect(out).toMatch(/⚠️ {2}Line \d+: There is no src\/flow\.ts, which 'src\/flow\.ts:3' refers to\./);
    const validated = await runCli(root, ["validate", "--json"]);
    expect(JSON.parse(validated.out)).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ rule: "reference-stale", file: aiDoc })]),
    });
    // Once the file is there, what was remembered of the reference no longer holds.
    write(root, `${dir}/src/flow.ts`, "export const a = 1;\n\nexport const flow = a;\n");
    await document(root);
    expect((await document(root, "--check")).code).toBe(0);
    expect((await runCli(root, ["validate", "--json"])).out).not.toContain("reference-stale");
  });
});

test("--json says what became of each document, --stdout gives their texts", async () => {
  const root = await documented();
  moveCode(root);
  const json = JSON.parse((await document(root, "--json")).out);
  expect(json).toMatchObject({
    command: "document",
    ok: true,
    documents: [
      {
        service: "order-service",
        feature: "001-orders",
        file: quickRef,
        kind: "quick-ref",
        outcome: "unchanged",
        written: false,
        target: 200,
      },
      {
        file: aiDoc,
        kind: "ai-doc",
        outcome: "revised",
        written: true,
        changes: [{ kind: "changed" }, { kind: "changed" }],
        stale: [],
      },
    ],
    withoutFolder: [],
  });
  const { out } = await document(root, "--stdout");
  expect(out).toBe(`${read(root, quickRef)}\n${read(root, aiDoc).replace(/\n<!--[\s\S]*$/, "")}`);
});

test.each([
  {
    given: "in another encoding",
    content: Buffer.from("# caf\xe9\n", "latin1"),
    says: "is no text in UTF-8",
  },
  { given: "binary", content: Buffer.from([0, 1, 2]), says: "is no text in UTF-8" },
  { given: "a folder", content: undefined, says: "is no file" },
])("a document that is $given is left alone", async ({ content, says }) => {
  const root = folderWith(shopWith(languages.typescript));
  if (content) writeFileSync(join(root, aiDoc), content);
  else mkdirSync(join(root, aiDoc));
  const { code: exit, err } = await document(root);
  expect(exit).toBe(2);
  expect(err).toContain(`${aiDoc} ${says}`);
  if (content) expect(readFileSync(join(root, aiDoc)).equals(content)).toBe(true);
  expect(existsSync(join(root, quickRef))).toBe(false);
});

test("a folder that leads out of the workspace is not written to", async () => {
  const outside = folderWith({ "spec.md": "# Orders\n" });
  const root = folderWith(shopWith(languages.typescript));
  rmSync(join(root, dir, "specs"), { recursive: true });
  mkdirSync(join(root, dir, "specs"));
  symlinkSync(outside, join(root, dir, "specs/001-orders"));
  const { code: exit, err } = await document(root);
  expect(exit).toBe(2);
  expect(err).not.toBe("");
  expect(readdirSync(outside)).toEqual(["spec.md"]);
});

test("all services are documented at once, and those without a folder are named", async () => {
  const root = folderWith(
    shopWith(languages.typescript, {
      ".speckit.config.json": "{}",
      "services/bill-service/contracts/api-spec.yaml":
        "openapi: 3.0.0\ninfo:\n  title: Bills\n  version: v1\npaths: {}\n",
    }),
  );
  const { code: exit, out } = await runCli(join(root, dir), ["document", "--all"]);
  expect(exit).toBe(0);
  expect(out.match(/✅/g)).toHaveLength(4);
  expect(out).toMatch(/⚠️ {2}bill-service has no folder specs\/NNN-slug/);
});

test("in the folder of a feature only that one is documented, also where the repository is one service", async () => {
  const files = Object.entries(shopWith(languages.python)).filter(([file]) => file.startsWith(`${dir}/`));
  const root = folderWith({
    ...Object.fromEntries(files.map(([file, text]) => [file.slice(dir.length + 1), text])),
    "specs/002-returns/spec.md": "# Feature Specification: Returns\n",
    ".speckit.config.json": "{}",
  });
  const { code: exit, out } = await runCli(join(root, "specs/002-returns"), ["document"]);
  expect(exit).toBe(0);
  expect(out).toContain("✅ specs/002-returns/ai-doc.md written");
  expect(read(root, "specs/002-returns/ai-doc.md")).toMatch(/^# [\w-]+: Returns\n/);
  expect(existsSync(join(root, "specs/001-orders/ai-doc.md"))).toBe(false);
});
