import type { Command } from "../../src/cli/command.ts";
import { commands } from "../../src/cli/commands.ts";
import { globalOptions } from "../../src/cli/main.ts";
import { fenced } from "./rule-page.ts";

/** The page about the command line, made from the commands' own definitions. */
export async function commandsPage(): Promise<string> {
  const loaded = await Promise.all(commands.map(({ load }) => load()));
  return `${[
    "<!-- Written by `npm run docs` from packages/speckit/src/cli/. -->",
    "# Commands",
    "The binary is `speckit`; `specify` is another name for it. Exit code 0: nothing that fails. 1: findings that fail. 2: could not run.",
    table(
      "command",
      commands.map(({ name, summary }) => [`[${name}](#${name})`, summary]),
    ),
    "## Options of every command",
    table("option", globalOptions.map(optionRow)),
    ...loaded.map(commandSection),
  ].join("\n\n")}\n`;
}

function commandSection({ name, summary, arguments: args, options, examples }: Command): string {
  return [
    `## ${name}`,
    `${summary}.`,
    fenced("text", `speckit ${name}${args === undefined ? "" : ` ${args}`} [options]`),
    ...(options.length === 0 ? [] : [table("option", options.map(optionRow))]),
    ...(examples.length === 0 ? [] : [fenced("bash", examples.join("\n"))]),
  ].join("\n\n");
}

function optionRow([flags, description]: readonly [string, string]): [string, string] {
  return [`\`${flags}\``, description];
}

function table(what: string, rows: readonly (readonly [string, string])[]): string {
  const cell = (text: string) => text.replaceAll("|", "\\|");
  return [
    `| ${what} | |`,
    "| --- | --- |",
    ...rows.map(([name, meaning]) => `| ${cell(name)} | ${cell(meaning)} |`),
  ].join("\n");
}
