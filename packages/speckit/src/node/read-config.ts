import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Config, defaultConfig } from "../model/config.ts";
import type { ReadingProblem } from "../model/contract.ts";
import { parseConfig } from "../parse/config.ts";

export const CONFIG_FILE = ".speckit.config.json";

/**
 * The configuration of a workspace, or the defaults when it has none.
 * @throws BadConfig when it cannot be understood
 */
export function readConfig(
  root: string,
  files: readonly string[],
  ruleIds: ReadonlySet<string>,
): { config: Config; problems: readonly ReadingProblem[] } {
  if (!files.includes(CONFIG_FILE)) return { config: defaultConfig, problems: [] };
  return parseConfig(CONFIG_FILE, readFileSync(join(root, CONFIG_FILE), "utf8"), ruleIds);
}

/**
 * The configuration in a folder whose other files do not matter, or the defaults when it has none.
 * @throws BadConfig when it cannot be understood
 */
export function readConfigAlone(root: string, ruleIds: ReadonlySet<string>): Config {
  return readConfig(root, existsSync(join(root, CONFIG_FILE)) ? [CONFIG_FILE] : [], ruleIds).config;
}
