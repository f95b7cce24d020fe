import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { isInstalled } from "../set-up.mjs";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const yaml = { version: "5.5.0", integrity: "sha512-a" };
const wanted = {
  "": { version: "0.0.0" },
  "packages/speckit": { version: "0.1.0" },
  "node_modules/@speckit/cli": { link: true },
  "node_modules/js-yaml": yaml,
  "node_modules/esbuild-for-another-machine": { version: "1.0.0", integrity: "sha512-b", optional: true },
};

test.each([
  {
    given: "what the lock asks for",
    installed: { "node_modules/js-yaml": yaml, "node_modules/@speckit/cli": { link: true } },
    is: true,
  },
  {
    given: "another version",
    installed: { "node_modules/js-yaml": { ...yaml, version: "4.1.0" }, "node_modules/@speckit/cli": {} },
    is: false,
  },
  {
    given: "other content under the same version",
    installed: {
      "node_modules/js-yaml": { ...yaml, integrity: "sha512-c" },
      "node_modules/@speckit/cli": {},
    },
    is: false,
  },
  { given: "a package too few", installed: { "node_modules/@speckit/cli": {} }, is: false },
  { given: "nothing, since npm was interrupted", installed: undefined, is: false },
])("node_modules with $given is installed: $is", ({ installed, is }) => {
  const folder = mkdtempSync(join(tmpdir(), "speckit-test-"));
  folders.push(folder);
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages: wanted }));
  mkdirSync(join(folder, "node_modules"));
  if (installed)
    writeFileSync(join(folder, "node_modules/.package-lock.json"), JSON.stringify({ packages: installed }));
  expect(isInstalled(folder)).toBe(is);
});
