// The lock file of a new fleet, from that of this repository: the same versions, which npm has in its cache since they were installed here.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../programs.mjs";

/** Packages of this repository that a fleet installs, by their folder. */
const ours = { "packages/service-kit": "@speckit/service-kit", "packages/speckit": "@speckit/cli" };

/**
 * @param {object} manifest The package.json of the fleet.
 * @returns {object}
 */
export function lockFileFor(manifest) {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  /** @type {[string, { link?: boolean }][]} */
  const packages = Object.entries(lock.packages);
  const entries = packages.flatMap(([path, entry]) => {
    const place = placeOf(path);
    return place === undefined || entry.link === true ? [] : [[place, entry]];
  });
  return { lockfileVersion: 3, requires: true, packages: { "": manifest, ...Object.fromEntries(entries) } };
}

/**
 * Where a package of this repository stands in the fleet; undefined for those that do not.
 * @param {string} path
 * @returns {string | undefined}
 */
function placeOf(path) {
  if (path.startsWith("node_modules/")) return path;
  for (const [folder, name] of Object.entries(ours))
    if (path.startsWith(`${folder}/node_modules/`)) return path.replace(folder, `node_modules/${name}`);
  return undefined;
}
