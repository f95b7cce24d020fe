import { relative, resolve, sep } from "node:path";
import type { ReadWorkspace } from "../node/read-workspace.ts";
import { type ErrorContext, renderErrorContextText } from "../render/error-context-text.ts";
import { type Command, type Io, type Options, UsageError } from "./command.ts";
import { diagnosed } from "./diagnosed.ts";
import { errorInput } from "./error-input.ts";
import { openWorkspace } from "./open-workspace.ts";
import { optionText } from "./options.ts";

export const errorContext: Command = {
  name: "error-context",
  summary: "What an error touches: where it arises, likely causes, scenarios, contracts, who is concerned",
  arguments: "[error...]",
  options: [
    ["--file <path>", "the file where it arises, when you know it"],
    ["--line <n>", "the line in that file"],
  ],
  examples: [
    'speckit error-context "connect ECONNREFUSED 127.0.0.1:3004"',
    "speckit error-context < crash.log",
    "speckit verify --service=order-service --url http://127.0.0.1:3002 --json | speckit error-context",
    "speckit error-context --file services/order-service/src/ask-prices.ts --line 25",
  ],

  async run(words, options, io) {
    const given = givenPlace(options, io);
    const input = await errorInput(words, given !== undefined, io);
    const { read } = openWorkspace({ ...options, all: true }, io);
    const context = await diagnosed(
      read,
      input.text,
      given && { file: pathIn(read, given.path), line: given.line },
      options,
      io,
    );
    read.save();
    if (input.omitted > 0 && options.quiet !== true)
      io.writeError(
        `Read the last ${input.text.length} characters; ${input.omitted} bytes before them were left out.\n`,
      );
    io.write(
      options.json === true
        ? `${JSON.stringify({ schemaVersion: 1, command: "error-context", ...context }, null, 2)}\n`
        : renderErrorContextText(context, nextFor(context), io),
    );
    return 0;
  },
};

/** @throws UsageError when the line is none, or has no file */
function givenPlace(options: Options, io: Io): { path: string; line: number } | undefined {
  const [file, line] = [optionText(options, "file"), optionText(options, "line")];
  if (file === undefined) {
    if (line !== undefined) throw new UsageError("--line needs the file it is in. Name it with --file PATH.");
    return undefined;
  }
  if (line !== undefined && !/^[1-9]\d*$/.test(line))
    throw new UsageError(`--line must be a number from 1; it is '${line}'.`);
  return { path: resolve(io.cwd, optionText(options, "cwd") ?? ".", file), line: Number(line ?? 1) };
}

function pathIn({ root }: ReadWorkspace, path: string): string {
  return relative(root, path).split(sep).join("/");
}

function nextFor({ infrastructure, services, touches, causes: found }: ErrorContext): string {
  const [service] = services;
  const [rule] = found.filter(({ id }) => id === "contract-broken").flatMap(({ evidence }) => evidence);
  if (rule) return `speckit explain ${rule.text.split(":")[0]}`;
  const [first] = touches.filter(({ kind }) => kind === "operation" || kind === "event");
  if (first && !infrastructure) return `speckit impact ${first.name}`;
  return service === undefined ? "speckit service-catalog" : `speckit context implement --service=${service}`;
}
