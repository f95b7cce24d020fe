import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder, writeAtomically, writeFirst } from "../src/node/write-file.ts";
import { folderWith } from "./run-cli.ts";

test("what a killed run left behind goes with the next write; what a running one is writing stays", () => {
  const { pid: dead } = spawnSync(process.execPath, ["-e", "0"]);
  const root = folderWith({});
  for (const pid of [dead, process.ppid]) writeFileSync(join(root, `a.json.${pid}.tmp`), "half");
  writeFileSync(join(root, "b.json.notes.tmp"), "somebody's");
  writeAtomically(join(root, "a.json"), ["on", "e"]);
  expect(readdirSync(root)).toEqual(["a.json", `a.json.${process.ppid}.tmp`, "b.json.notes.tmp"].sort());
  expect(readFileSync(join(root, "a.json"), "utf8")).toBe("one");
});

test("of several who write a file that must not exist yet one is first, and its text stays", () => {
  const root = folderWith({});
  const path = join(root, "spec.md");
  expect([writeFirst(path, "one"), writeFirst(path, "two")]).toEqual([true, false]);
  expect(readFileSync(path, "utf8")).toBe("one");
  expect(readdirSync(root)).toEqual(["spec.md"]);
});

test("what cannot be made is named, and not the temporary file", () => {
  const root = folderWith({ notes: "" });
  const missing = join(root, "specs/spec.md");
  expect(() => writeFirst(missing, "")).toThrow(`${missing} cannot be written: ENOENT.`);
  const folder = join(root, "notes/a");
  expect(() => makeFolder(join(folder, "b"))).toThrow(`${folder} cannot be made: ENOTDIR.`);
});
