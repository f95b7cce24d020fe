// Brings a clone into working order: packages installed as the lock says, everything built from the sources as they are. Nothing is done twice.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mustRun, root, tool } from "./programs.mjs";
import { step } from "./progress.mjs";

const platform = "examples/ecommerce-platform";

/**
 * What is built, each after what it needs. `reads`: folders besides its own sources that its build depends on.
 * @type {readonly { folder: string, reads: readonly string[], compile(folder: string, outDir: string): readonly string[] }[]}
 */
const packages = [
  {
    folder: "packages/speckit",
    reads: ["docs/reference"],
    compile: (folder, outDir) => [join(folder, "scripts/build.mjs"), outDir],
  },
  { folder: "packages/mcp", reads: ["packages/speckit/src/cli"], compile: typescript },
  ...[
    "packages/service-kit",
    ...["auth", "user", "inventory", "order", "notification"].map(
      (name) => `${platform}/services/${name}-service`,
    ),
    `${platform}/gateway`,
    `${platform}/platform`,
  ].map((folder) => ({
    folder,
    reads: folder === "packages/service-kit" ? [] : ["packages/service-kit/src"],
    compile: typescript,
  })),
];

/** @typedef {(typeof packages)[number]} Package */

/**
 * @param {string} folder
 * @param {string} outDir
 */
function typescript(folder, outDir) {
  return [tool("typescript", "tsc"), "-p", join(folder, "tsconfig.build.json"), "--outDir", outDir];
}

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
 * @param {{ always?: boolean, only?: string, progress?: typeof step }} [options] `only`: the folder of the one that is needed.
 */
export async function build({ always = false, only, progress = step } = {}) {
  for (const unit of packages) {
    if (only !== undefined && unit.folder !== only) continue;
    const stampFile = join(root, unit.folder, "dist/.sources");
    const stamp = sourceStamp(unit);
    if (!always && readIfThere(stampFile) === stamp) continue;
    await progress(`build ${unit.folder.replace(`${platform}/`, "")}`, () => buildPackage(unit));
    writeFileSync(stampFile, stamp);
  }
}

/**
 * Builds into a folder beside and swaps, so that a command that runs meanwhile never sees half a build.
 * @param {Package} unit
 */
async function buildPackage({ folder: name, compile }) {
  const folder = join(root, name);
  const fresh = join(root, `node_modules/.build-${process.pid}`);
  const old = `${fresh}-old`;
  try {
    await mustRun(compile(folder, fresh));
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
 * @param {Package} unit
 */
function sourceStamp({ folder: name, reads }) {
  const hash = createHash("sha256");
  const folder = join(root, name);
  const files = [
    ...["package-lock.json", "tsconfig.base.json"].map((file) => join(root, file)),
    ...readdirSync(folder)
      .filter((file) => file.endsWith(".json"))
      .map((file) => join(folder, file)),
    ...filesBelow(join(folder, "src")),
    ...filesBelow(join(folder, "scripts")),
    ...reads.flatMap((path) => filesBelow(join(root, path))),
  ];
  for (const file of files) hash.update(file.slice(root.length)).update("\0").update(readFileSync(file));
  return hash.digest("hex");
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
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
