// Brings a clone into working order: packages installed as the lock says, everything built from the sources as they are. Nothing is done twice.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mustRun, root } from "./programs.mjs";
import { step } from "./progress.mjs";

/** Packages to build, each after those it needs. */
const packages = ["packages/speckit"];

/** Installs when node_modules differs from package-lock.json. */
export async function install() {
  if (isInstalled(root)) return;
  await step("install packages", () => mustRun([...npm(), "ci", "--include=dev", "--no-audit", "--no-fund"]));
}

/** Makes what sources import and git does not keep. */
export async function generate() {
  const { compileSchemas } = await import("../packages/speckit/scripts/compile-schemas.mjs");
  await compileSchemas();
}

/**
 * Builds the packages whose sources changed.
 * @param {{ always?: boolean, progress?: typeof step }} [options]
 */
export async function build({ always = false, progress = step } = {}) {
  for (const name of packages) {
    const stampFile = join(root, name, "dist/.sources");
    const stamp = sourceStamp(name);
    if (!always && readIfThere(stampFile) === stamp) continue;
    await progress(`build ${name}`, () => buildPackage(join(root, name)));
    writeFileSync(stampFile, stamp);
  }
}

/**
 * Builds into a folder beside and swaps, so that a command that runs meanwhile never sees half a build.
 * @param {string} folder
 */
async function buildPackage(folder) {
  const fresh = join(root, `node_modules/.build-${process.pid}`);
  const old = `${fresh}-old`;
  try {
    await mustRun([join(folder, "scripts/build.mjs"), fresh]);
    if (existsSync(join(folder, "dist"))) renameSync(join(folder, "dist"), old);
    renameSync(fresh, join(folder, "dist"));
  } finally {
    for (const left of [fresh, old]) rmSync(left, { recursive: true, force: true });
  }
}

/**
 * Whether npm's own record of what it installed (written last, so absent after an interrupted run) holds all that the lock asks for.
 * @param {string} folder
 */
export function isInstalled(folder) {
  /** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean, link?: boolean }>} Packages */
  const record = readIfThere(join(folder, "node_modules/.package-lock.json"));
  if (record === undefined) return false;
  /** @type {{ packages: Packages }} */
  const installed = JSON.parse(record);
  /** @type {{ packages: Packages }} */
  const wanted = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  return Object.entries(wanted.packages).every(([path, { version, integrity, optional, link }]) => {
    if (!path.includes("node_modules/")) return true;
    const found = installed.packages[path];
    if (!found) return optional === true;
    return link === true || (found.version === version && found.integrity === integrity);
  });
}

/**
 * A hash over everything that a package is built from.
 * @param {string} name
 */
function sourceStamp(name) {
  const hash = createHash("sha256");
  const folder = join(root, name);
  const files = [
    ...["package-lock.json", "tsconfig.base.json"].map((file) => join(root, file)),
    ...readdirSync(folder)
      .filter((file) => file.endsWith(".json"))
      .map((file) => join(folder, file)),
    ...filesBelow(join(folder, "src")),
    ...filesBelow(join(folder, "scripts")),
    ...filesBelow(join(root, "docs/reference")),
  ];
  for (const file of files) hash.update(file.slice(root.length)).update("\0").update(readFileSync(file));
  return hash.digest("hex");
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isFile()) return [path];
      // Examples are tests and pages of their rules: they stand beside the sources and are no part of the build.
      return entry.name.endsWith(".examples") || entry.name === "generated" ? [] : filesBelow(path);
    });
}

/** npm as a command: the one that runs us, else whichever is found. */
export function npm() {
  const own = process.env.npm_execpath ?? "";
  return [own.endsWith("npm-cli.js") ? own : "npm"];
}

/** @param {string} file */
function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
