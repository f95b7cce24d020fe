import { Command as Commander, CommanderError } from "commander";
import { packageVersion } from "../node/package-version.ts";
import type { Command, ExitCode, Io } from "./command.ts";
import { commands } from "./commands.ts";
import { isExpected } from "./expected-errors.ts";

/** Runs one command line. Whatever a user can get wrong ends in one line on `io.writeError` and exit code 2. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await run(argv, io);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const message = error instanceof Error ? error.message : String(error);
    io.writeError(
      isExpected(error)
        ? `speckit: ${message}\n`
        : `speckit: this is a bug in speckit: ${message}\nRun it again with DEBUG=speckit to see where.\n`,
    );
    if (io.env.DEBUG === "speckit" && error instanceof Error) io.writeError(`${error.stack}\n`);
    return 2;
  }
}

async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const word = firstWord(argv);
  const chosen = commands.find(({ name }) => name === word);
  const program = createProgram(chosen?.name, io);
  let code: ExitCode = 0;
  const define = (target: Commander, command: Command) => {
    if (command.arguments) target.arguments(command.arguments);
    for (const [flags, description] of command.options) target.option(flags, description);
    target.addHelpText("after", `\nExamples:\n${command.examples.map((line) => `  $ ${line}\n`).join("")}`);
    target.action(async () => {
      code = await command.run(target.args, target.optsWithGlobals(), io);
    });
  };
  if (word === undefined) define(program, (await import("./overview.ts")).overview);
  for (const { name, summary, load } of commands) {
    const sub = program.command(name).description(summary);
    if (name === chosen?.name) define(sub, await load());
  }
  await program.parseAsync([...argv], { from: "user" });
  return code;
}

/** The word that names the command: the first that is neither an option nor the folder of one. */
function firstWord(argv: readonly string[]): string | undefined {
  return argv.find((word, index) => !word.startsWith("-") && argv[index - 1] !== "--cwd");
}

function createProgram(chosen: string | undefined, io: Io): Commander {
  const help = `speckit ${chosen === undefined ? "" : `${chosen} `}--help`;
  const program = new Commander("speckit")
    .description(
      "Checks specs and contracts of a fleet of services. Without a command: what there is, and what is worst.",
    )
    .version(packageVersion(), "--version", "print the version")
    .helpCommand(false)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, helpWidth: Math.min(io.columns, 100) })
    .configureOutput({
      writeOut: io.write,
      writeErr: io.writeError,
      outputError: (text, write) => write(`speckit: ${inOneLine(text)} \`${help}\` shows what there is.\n`),
    });
  for (const [flags, description] of globalOptions) program.option(flags, description);
  return program;
}

/** Commander's complaint and its hint: "error: unknown option '--spce'", "(Did you mean --spec?)". */
function inOneLine(text: string): string {
  const lines = text.trim().split("\n");
  return lines.map((line) => line.replace(/^error: |^\(|[.)]$/g, "").replace(/(?<![?])$/, ".")).join(" ");
}

/** Pairs of commander's flags and what they do; every command has them. */
export const globalOptions: readonly (readonly [string, string])[] = [
  ["--json", "print one JSON document and nothing else"],
  ["--cwd <dir>", "take this folder as the workspace root"],
  ["--no-color", "no colours; the variable NO_COLOR does the same"],
  ["--quiet", "nothing on standard error but errors"],
  ["--no-cache", "read everything again and remember nothing"],
  ["--stats", "print times and cache counts on standard error"],
];
