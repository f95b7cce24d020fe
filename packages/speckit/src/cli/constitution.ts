import { enforcedBy } from "../checks/principles/enforcement.ts";
import type { Principle, Statement } from "../model/constitution.ts";
import { paint, wrap } from "../render/text-style.ts";
import { type Command, type Io, UsageError } from "./command.ts";
import { openWorkspace } from "./open-workspace.ts";

/** A statement of the constitution with the rules that hold services to it; none means that it is advice. */
interface Explained {
  readonly statement: Statement;
  readonly principles: readonly Principle[];
  readonly rules: readonly string[];
}

export const constitution: Command = {
  name: "constitution",
  summary: "Which principles of the platform are enforced, and by which rules",
  options: [["--explain", "list every statement as enforced, with its rules, or as advisory"]],
  examples: ["speckit constitution --explain", "speckit constitution --explain --json"],

  async run(_, options, io) {
    const { read } = openWorkspace({ ...options, all: true }, io);
    const { constitution: document } = read.workspace;
    read.save();
    if (!document)
      throw new UsageError(
        "There is no constitution.md. Write the principles of your platform there; templates/microservices has one to begin with.",
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
