import { basename } from "node:path";
import { enforcedBy } from "../checks/principles/enforcement.ts";
import type { Principle, Statement } from "../model/constitution.ts";
import { paint, wrap } from "../render/text-style.ts";
import { type Command, type ExitCode, type Io, type Options, UsageError } from "./command.ts";
import { type OpenWorkspace, openWorkspace } from "./open-workspace.ts";
import { optionText } from "./options.ts";
import { draftOptions, writeDraft } from "./write-draft.ts";

/** A statement of the constitution with the rules that hold services to it; none means that it is advice. */
interface Explained {
  readonly statement: Statement;
  readonly principles: readonly Principle[];
  readonly rules: readonly string[];
}

export const constitution: Command = {
  name: "constitution",
  summary: "The principles of the platform: which rules enforce them, and what a prompt adds to them",
  options: [
    ["--explain", "list every statement as enforced, with its rules, or as advisory"],
    ["--prompt <text>", "add what it says to the constitution, or change it; what else stands there stays"],
    ...draftOptions.filter(([flags]) => !flags.startsWith("--service")),
  ],
  examples: [
    "speckit constitution --explain",
    "speckit constitution --explain --json",
    'speckit constitution --prompt "Use TypeScript with Fastify, PostgreSQL per service and RabbitMQ"',
    'speckit constitution --prompt "Principles for a payment platform" --author agent:claude',
  ],

  async run(_, options, io) {
    const opened = openWorkspace({ ...options, all: true }, io);
    const { read } = opened;
    const { constitution: document } = read.workspace;
    read.save();
    const prompt = optionText(options, "prompt");
    if (prompt !== undefined) return draftFrom(prompt, opened, options, io);
    if (!document)
      throw new UsageError(
        'There is no constitution.md. Write one: speckit constitution --prompt "WHAT HOLDS FOR EVERY SERVICE". Or let speckit init begin one from what is there.',
      );
    const explained = document.statements.map((statement) =>
      explainStatement(statement, document.principles),
    );
    io.write(
      options.json === true
        ? json(document.file, explained)
        : text(document.file, explained, options.explain === true, io),
    );
    return 0;
  },
};

/** Brings what a prompt says into the constitution, which is made when there is none. */
async function draftFrom(prompt: string, opened: OpenWorkspace, options: Options, io: Io): Promise<ExitCode> {
  if (prompt.trim() === "")
    throw new UsageError(
      'What shall hold? Say it: speckit constitution --prompt "Use PostgreSQL; errors as RFC 7807".',
    );
  const { root, workspace } = opened.read;
  const assignment = {
    kind: "constitution",
    file: workspace.constitution?.file ?? "constitution.md",
    workspace,
    service: { name: basename(root), dir: "." },
    feature: { slug: "", dir: ".", spec: undefined, plan: undefined, tasks: undefined, summaries: [] },
    prompt: prompt.trim(),
  } as const;
  const next = "speckit constitution --explain";
  return (await writeDraft({ command: "constitution", opened, assignment, next }, options, io)).code;
}

function explainStatement(statement: Statement, principles: readonly Principle[]): Explained {
  const own = principles.filter(
    (principle) =>
      principle.statement.at.line === statement.at.line && principle.statement.text === statement.text,
  );
  return { statement, principles: own, rules: [...new Set(own.flatMap(({ kind }) => enforcedBy(kind)))] };
}

function json(file: string, explained: readonly Explained[]): string {
  const statements = explained.map(({ statement, principles, rules }) => ({
    text: statement.text,
    section: statement.section,
    file,
    line: statement.at.line,
    enforced: rules.length > 0,
    rules,
    parameters: Object.assign(
      {},
      ...principles.map(({ statement: _, ...parameters }) => parameters),
    ) as object,
  }));
  return `${JSON.stringify({ schemaVersion: 1, command: "constitution", statements }, null, 2)}\n`;
}

function text(file: string, explained: readonly Explained[], all: boolean, io: Io): string {
  const colors = paint(io);
  const enforced = explained.filter(({ rules }) => rules.length > 0);
  const shown = all ? explained : enforced;
  const rows = shown.map(({ statement, rules }) => {
    const how = rules.length > 0 ? colors.green(`enforced by ${rules.join(", ")}`) : colors.dim("advisory");
    return `${rules.length > 0 ? "✅" : "· "} ${wrap(statement.text, 3, io).trimStart()}\n   ${how}  ${colors.dim(`${file}:${statement.at.line}`)}`;
  });
  const count = `${enforced.length} of ${explained.length} statements are enforced`;
  const next = all ? "speckit validate-contracts" : "speckit constitution --explain";
  return `${[...rows, count, `${colors.dim("Next:")} ${colors.cyan(next)}`].join("\n\n")}\n`;
}
