import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, runCli } from "./run-cli.ts";

const dir = "services/pay-service";
const file = `${dir}/specs/001-refunds/spec.md`;
const read = (root: string) => readFileSync(join(root, file), "utf8");
const specify = (root: string, prompt: string) =>
  runCli(join(root, dir, "specs/001-refunds"), ["specify", prompt]);

async function drafted(): Promise<string> {
  const root = folderWith({ ".speckit.config.json": "{}", [`${dir}/specs/001-refunds/.gitkeep`]: "" });
  expect((await specify(root, "Create pay service with refunds")).code).toBe(0);
  return root;
}

describe("a revision leaves the file as editors wrote it", () => {
  test.each([
    { given: "line ends of Windows", as: (text: string) => text.replaceAll("\n", "\r\n") },
    { given: "a byte order mark", as: (text: string) => `\uFEFF${text}` },
    { given: "both", as: (text: string) => `\uFEFF${text.replaceAll("\n", "\r\n")}` },
  ])("$given", async ({ as }) => {
    const [root, plain] = [await drafted(), await drafted()];
    writeFileSync(join(root, file), as(read(root)));
    for (const one of [root, plain]) {
      const { out } = await specify(one, "Add invoices");
      expect(out).toContain("+ ### P2: Invoices");
    }
    expect(read(root)).toBe(as(read(plain)));
    expect((await specify(root, "Add invoices")).out).toContain("is up to date");
  });
});

test.each([
  "plan",
  "tasks",
  "clarify",
])("%s in a folder that waits for its specification does not touch the one beside it", async (command) => {
  const root = await drafted();
  const before = read(root);
  const waiting = join(root, dir, "specs/002-invoices");
  mkdirSync(waiting);
  const { code, out, err } = await runCli(waiting, [command]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(`There is no spec.md in ${dir}/specs/002-invoices yet.`);
  expect(read(root)).toBe(before);
  expect((await runCli(join(root, dir), [command])).code).toBe(0);
});
