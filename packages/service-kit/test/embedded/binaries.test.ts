import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { usableFolder } from "../../src/embedded/binaries.ts";

let place: string;

beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), "embedded-postgres-binaries-"));
  fs.chmodSync(place, 0o755);
  fs.mkdirSync(path.join(place, "tmp"));
  vi.stubEnv("TMPDIR", path.join(place, "tmp"));
});

afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(place, { recursive: true, force: true });
});

/** What npm unpacks: the package's files, without the links that a package cannot carry. */
function unpack(folderMode: number): string {
  const native = path.join(place, "checkout", "native");
  for (const name of ["bin", "lib", "share"]) fs.mkdirSync(path.join(native, name), { recursive: true });
  fs.writeFileSync(path.join(native, "../package.json"), '{ "version": "18.4.0" }');
  fs.writeFileSync(path.join(native, "bin/postgres"), "#!/bin/sh\n", { mode: 0o755 });
  fs.writeFileSync(path.join(native, "lib/libpq.so.5.18"), "library");
  const links = [{ source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5" }];
  fs.writeFileSync(path.join(native, "pg-symlinks.json"), JSON.stringify(links));
  // Whatever umask says where the tests run.
  for (const name of fs.readdirSync(native, { recursive: true, encoding: "utf8" }))
    fs.chmodSync(path.join(native, name), 0o755);
  fs.chmodSync(native, 0o755);
  fs.chmodSync(path.join(place, "checkout"), folderMode);
  return native;
}

/** Whether everybody may go there. */
const isOpen = (folder: string): boolean =>
  (fs.statSync(folder).mode & 0o001) !== 0 &&
  (folder === path.dirname(folder) || isOpen(path.dirname(folder)));
const isTmpOpen = isOpen(os.tmpdir());

const linked = (native: string) => fs.readFileSync(path.join(native, "lib/libpq.so.5"), "utf8");

test.each([
  { checkout: "an open folder, for others", mode: 0o755, forOthers: true, copied: !isTmpOpen },
  { checkout: "a private folder, for ourselves", mode: 0o700, forOthers: false, copied: false },
  { checkout: "a private folder, for others", mode: 0o700, forOthers: true, copied: true },
])("binaries of $checkout are run from a copy: $copied", ({ mode, forOthers, copied }) => {
  const native = unpack(mode);
  const folder = usableFolder(native, { forOthers });
  expect(folder !== native).toBe(copied);
  expect(linked(folder)).toBe("library");
  expect(fs.statSync(path.join(folder, "bin/postgres")).mode & 0o777).toBe(0o755);
  expect(usableFolder(native, { forOthers })).toBe(folder);
});

test("a copy that somebody else may write to is not run", () => {
  const native = unpack(0o700);
  const copy = path.dirname(usableFolder(native, { forOthers: true }));
  fs.chmodSync(copy, 0o777);
  expect(() => usableFolder(native, { forOthers: true })).toThrow("belongs to somebody else");
});
