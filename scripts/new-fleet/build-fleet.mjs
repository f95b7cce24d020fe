// The seed of a fleet, as a person makes it: Phases 0 to 2 of the walkthrough, in TypeScript, with no model and no agent.
import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mustRun, ProgramFailed, root, run } from "../programs.mjs";
import { lockFileFor } from "./lock-file.mjs";

const given = fileURLToPath(new URL("files", import.meta.url));
const speckit = join(root, "packages/speckit/bin/speckit.js");

/** @typedef {<Result>(title: string, work: () => Promise<Result>, kind?: "install") => Promise<Result>} Step */

/**
 * Phase 0: the constitution, the configuration, and the packages that services need.
 * @param {string} fleet
 * @param {Step} step
 */
export async function setUpPlatform(fleet, step) {
  await step("specify init . --ai claude", () =>
    mustRun([speckit, "init", ".", "--ai", "claude"], { cwd: fleet }),
  );
  cpSync(join(given, "constitution.md"), join(fleet, "constitution.md"));
  cpSync(join(given, "speckit.config.json"), join(fleet, ".speckit.config.json"));
  await step("npm install", () => installPackages(fleet), "install");
}

/**
 * The toolkit and the kit are no public packages yet: the fleet has them from this repository.
 * @param {string} fleet
 */
async function installPackages(fleet) {
  const packs = join(fleet, "packages");
  mkdirSync(packs);
  const folders = ["packages/service-kit", "packages/speckit"].map((folder) => join(root, folder));
  await mustRun(["npm", "pack", ...folders, "--pack-destination", packs, "--ignore-scripts"], { cwd: fleet });
  const pack = (/** @type {string} */ name) =>
    `file:packages/${readdirSync(packs).find((file) => file.startsWith(name))}`;
  const manifest = {
    private: true,
    workspaces: ["services/*"],
    dependencies: {
      "@speckit/cli": pack("speckit-cli"),
      "@speckit/service-kit": pack("speckit-service-kit"),
      "@node-rs/argon2": "^2.2.1",
      "@types/node": "^20.19.43",
      jose: "^6.2.17",
      kysely: "^0.28.18",
      typescript: "^7.0.2",
      vitest: "^4.1.12",
    },
  };
  writeFileSync(join(fleet, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(fleet, "package-lock.json"), `${JSON.stringify(lockFileFor(manifest), null, 2)}\n`);
  await mustRun(["npm", "install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: fleet,
  });
}

/**
 * Phase 1, and Phase 2 for another service: contract, specification, plan, tasks, and what follows from them.
 * @param {string} fleet
 * @param {{ name: string, feature: string, prompt: string }} service
 * @param {Step} step
 */
export async function makeService(fleet, { name, feature, prompt }, step) {
  const folder = join(fleet, "services", name);
  mkdirSync(join(folder, "specs", feature), { recursive: true });
  cpSync(join(given, name), folder, { recursive: true });
  const commands = [
    ["specify", prompt],
    ["validate", "--spec", "--quiet"],
    ["plan"],
    ["tasks"],
    ["validate-contracts", `--service=${name}`],
  ];
  for (const args of commands)
    await step(`speckit ${args.join(" ")}`, () => mayFind([speckit, ...args], folder));
  await step("speckit implement --author offline --yes", () =>
    mayFind([speckit, "implement", "--author", "offline", "--yes"], folder),
  );
  return folder;
}

/**
 * Runs a command that may have findings (exit code 1): the walkthrough's contracts leave things open.
 * @param {readonly string[]} command
 * @param {string} cwd
 */
async function mayFind(command, cwd) {
  const { code, output } = await run(command, { cwd });
  if (code > 1) throw new ProgramFailed(command.join(" "), code, output);
  return output;
}
