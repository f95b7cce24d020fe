// What each command costs an agent: its prompt and the pack that `context` makes for it, beside the whole files that it would load.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { recipes } from "../../packages/speckit/src/authoring/recipes.ts";
import { countTokens, root, speckit, speckitJson } from "./workspace.mjs";

/** @typedef {{ command: string, prompt: number | undefined, pack: number, budget: number, files: number | undefined }} PackCost */

/** @param {string} workspace @param {string} service @returns {Promise<PackCost[]>} */
export async function costOfPacks(workspace, service) {
  const { commands: loaded } = await speckitJson(workspace, ["budget", "--service", service]);
  const costs = [];
  for (const { command } of recipes) {
    const asked = ["context", command, "--service", service];
    const { budget } = await speckitJson(workspace, asked);
    const files = loaded.find((/** @type {{ command: string }} */ one) => one.command === command)?.tokens;
    costs.push({
      command,
      prompt: promptOf(command),
      pack: countTokens(await speckit(workspace, asked)),
      budget,
      files,
    });
  }
  return costs;
}

/** What an agent is told when somebody types `/speckit.COMMAND`. @param {string} command */
function promptOf(command) {
  const file = join(root, `templates/commands/${command}.prompt.md`);
  return existsSync(file) ? countTokens(readFileSync(file, "utf8")) : undefined;
}
