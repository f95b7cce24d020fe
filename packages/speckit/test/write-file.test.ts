import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeAtomically } from "../src/node/write-file.ts";
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
