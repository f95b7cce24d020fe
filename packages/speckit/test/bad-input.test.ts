import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { checkWorkspace } from "../src/check-workspace.ts";
import { readingChecks } from "../src/checks/reading/index.ts";
import { readWorkspace } from "../src/node/read-workspace.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const bad = "services/order-service/contracts/api-spec.yaml";
const good = "services/user-service/contracts/api-spec.yaml";
const contract = `openapi: 3.1.0
info: { title: Users, version: v1 }
paths:
  /api/v1/users:
    get:
      responses:
        "200": { description: All users }
`;
const bomb = `openapi: 3.1.0\na: &a [x, x, x, x, x, x, x, x, x, x]\n${Array.from("bcdefghi", (name, index) => `${name}: &${name} [${Array(10).fill(`*${"abcdefgh"[index]}`).join(", ")}]\n`).join("")}`;
const tree = `${contract}components:
  schemas:
    Category: { type: object, properties: { parts: { type: array, items: { $ref: "#/components/schemas/Category" } } } }
`;
const loop = `${contract}components:
  schemas:
    Order: { $ref: "#/components/schemas/Order" }
`;

/** What the reading checks say about a workspace with the good contract and the bad one. */
function findingsWith(content: string | Uint8Array | { readonly linkTo: string }) {
  const root = mkdtempSync(join(tmpdir(), "speckit-test-"));
  folders.push(root);
  for (const file of [good, bad]) mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, good), contract);
  if (typeof content === "object" && "linkTo" in content) symlinkSync(content.linkTo, join(root, bad));
  else writeFileSync(join(root, bad), content);
  const { workspace, locate } = readWorkspace(root, { cache: false, now: 0, ruleIds: new Set() });
  const read = workspace.services.find(({ name }) => name === "user-service")?.apis[0]?.operations.length;
  const findings = checkWorkspace(workspace, readingChecks, locate).map(
    ({ location: { file, line }, severity, rule, message }) =>
      `${file}:${line} ${severity} ${rule} ${message}`,
  );
  return { read, findings };
}

describe("one bad file is one finding, and the others are read", () => {
  test.each([
    {
      given: "a binary file",
      content: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]),
      says: /:1 error unreadable-file .*binary/,
    },
    {
      given: "50 MB of YAML",
      content: "a: 1 # padding to make it long enough\n".repeat(1_350_000),
      says: /:1 error unreadable-file .*million characters/,
    },
    {
      given: "a YAML bomb",
      content: bomb,
      says: /:1 error unreadable-file .*repeats itself through aliases/,
    },
    {
      given: "YAML that nests without end",
      content: `openapi: ${"[".repeat(5000)}`,
      says: /:1 error unreadable-file /,
    },
    {
      given: "broken YAML",
      content: "openapi: 3.1.0\ninfo: {\n",
      says: /:3 error unreadable-file .*not valid YAML/,
    },
    {
      given: "broken JSON in a YAML file",
      content: '{ "openapi": "3.1.0",, }',
      says: /:1 error unreadable-file .*not valid YAML/,
    },
    { given: "an empty file", content: "", says: /:1 error unreadable-file .*is empty/ },
    {
      given: "a reference that only leads to itself",
      content: loop,
      says: /:10 error unresolved-reference .*only leads back to itself/,
    },
    {
      given: "a key that stands twice",
      content: contract.replace("paths:", "info: {title: Orders, version: v1}\npaths:"),
      says: /:3 error duplicate-key .*'info'/,
    },
    {
      given: "a link out of the tree",
      content: { linkTo: "/etc/hostname" },
      says: /:1 warning unreadable-file .*link out of the tree/,
    },
    {
      given: "a link that leads nowhere",
      content: { linkTo: "./gone.yaml" },
      says: /:1 warning unreadable-file .*leads nowhere/,
    },
  ])("$given", ({ content, says }) => {
    const { read, findings } = findingsWith(content);
    expect(read).toBe(1);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(says);
    expect(findings[0]?.startsWith(bad)).toBe(true);
  });

  test("bytes that are no UTF-8 are named at their line, and the rest of the file is read", () => {
    const bytes = Buffer.concat([
      Buffer.from(contract.replace("All users", "All orders ")),
      Buffer.from([0x23, 0xff, 0x0a]),
    ]);
    expect(findingsWith(bytes)).toEqual({
      read: 1,
      findings: [expect.stringMatching(/:8 error unreadable-file .*not valid UTF-8/)],
    });
  });
});

test.each([
  { given: "Windows line ends", content: contract.replaceAll("\n", "\r\n") },
  { given: "a byte order mark", content: `\uFEFF${contract}` },
  { given: "a schema that contains itself", content: tree },
])("$given are nothing to complain about", ({ content }) => {
  expect(findingsWith(content)).toEqual({ read: 1, findings: [] });
});
