import { type Agent, isOfUser } from "../authoring/setup/agents.ts";
import type { SetupAction } from "../authoring/setup/reconcile.ts";
import { marked, paint, type TextStyle, wrap } from "./text-style.ts";

/** What `speckit init` did, or would do. */
export interface InitOutcome {
  readonly root: string;
  readonly name: string;
  readonly dryRun: boolean;
  /** It was set up before. */
  readonly upgrade: boolean;
  readonly template: string;
  readonly prefix: string;
  /** `written`: false for agents whose commands are the user's own, without consent to write there. */
  readonly agents: readonly {
    readonly key: string;
    readonly name: string;
    readonly folder: string;
    readonly written: boolean;
  }[];
  /** Agents whose folders are there, and that were not asked for. */
  readonly agentsSeen: readonly string[];
  readonly services: readonly { readonly name: string; readonly dir: string }[];
  /** Principles that were left out of the constitution, since present contracts do not keep them. */
  readonly rejected: readonly string[];
  readonly githubSpecKit: readonly string[];
  readonly files: readonly InitFile[];
}

interface InitFile {
  readonly path: string;
  readonly action: SetupAction;
  readonly beside?: string | undefined;
  readonly reason?: "foreign" | "unreadable";
  readonly owner: "speckit" | "person";
}

export function renderInitText(outcome: InitOutcome, style: TextStyle): string {
  const { bold, dim, cyan } = paint(style);
  const title = outcome.dryRun ? `${outcome.name}: nothing is written (--dry-run)` : outcome.name;
  const files = outcome.dryRun ? allFiles(outcome.files, style) : groupedFiles(outcome, style);
  const found = outcome.services.length;
  return [
    bold(title),
    ...(found > 0 ? [dim(wrap(foundText(outcome.services), 0, style))] : []),
    "",
    ...files,
    ...notes(outcome).map((note) => marked("⚠️", note, style)),
    "",
    `${dim("Next:")} ${cyan(next(outcome))}`,
  ]
    .join("\n")
    .concat("\n");
}

/** One line for each agent: key, where its commands go, and what it is called. */
export function renderAgents(agents: readonly Agent[], style: TextStyle): string {
  const { dim, cyan } = paint(style);
  const rows = agents.map((agent) => {
    const where = agent.dir ?? "--commands-dir";
    const note = [agent.name, ...(isOfUser(agent) ? ["with --user"] : [])].join(", ");
    return `  ${agent.key.padEnd(14)}${where.padEnd(26)}${dim(note)}`;
  });
  return `${rows.join("\n")}\n\n${dim("Next:")} ${cyan("speckit init . --ai claude")}\n`;
}

const marks: Readonly<Record<SetupAction, string>> = {
  created: "+",
  updated: "~",
  replaced: "~",
  removed: "-",
  kept: "=",
  unchanged: " ",
};

function allFiles(files: readonly InitFile[], style: TextStyle): string[] {
  const { dim } = paint(style);
  return files
    .filter(({ action }) => action !== "unchanged")
    .map(
      (file) =>
        `${marks[file.action]} ${file.path}  ${dim(`${file.action}${file.beside === undefined ? "" : `, ${file.beside}`}`)}`,
    );
}

/** A line for each document, and one for each folder of templates or commands. */
function groupedFiles({ files, agents, template }: InitOutcome, style: TextStyle): string[] {
  const folders = [...new Set(agents.filter(({ written }) => written).map(({ folder }) => folder))];
  const groups = [
    ...folders.map((folder) => ({
      label: `${folder}: commands for ${names(agents.filter((agent) => agent.folder === folder).map(({ name }) => name))}`,
      has: ({ path }: InitFile) => path.startsWith(`${folder}/`),
    })),
    { label: `templates/${template}`, has: ({ path }: InitFile) => path.startsWith("templates/") },
    {
      label: "specs drafted from contracts and code",
      has: ({ path }: InitFile) => path.endsWith("/spec.md") || path.startsWith("specs/"),
    },
  ];
  const single = files.filter(
    (file) => !groups.some(({ has }) => has(file)) && !file.path.startsWith(".speckit/"),
  );
  return [
    ...single.map((file) => marked(markOf([file]), `${file.path}: ${doneWith(file)}`, style)),
    ...groups.flatMap(({ label, has }) => {
      const own = files.filter(has);
      return own.length === 0 ? [] : [marked(markOf(own), `${label}: ${counted(own)}`, style)];
    }),
    ...files.filter(({ beside }) => beside !== undefined).map((file) => besideLine(file, style)),
  ];
}

function markOf(files: readonly InitFile[]): string {
  return files.some(
    ({ action, owner, reason }) => action === "kept" && (owner === "speckit" || reason === "unreadable"),
  )
    ? "⚠️"
    : "✅";
}

function doneWith({ action, owner, reason }: InitFile): string {
  if (action !== "kept") return action;
  if (reason === "unreadable")
    return "kept; it is no JSON that can be added to, so the MCP server is not registered";
  return owner === "person" ? "kept as it is" : "kept, it was edited";
}

function counted(files: readonly InitFile[]): string {
  const order: readonly SetupAction[] = ["created", "updated", "replaced", "unchanged", "kept", "removed"];
  return order
    .map((action) => [files.filter((file) => file.action === action).length, action] as const)
    .filter(([count]) => count > 0)
    .map(([count, action]) => `${count} ${action}`)
    .join(", ");
}

function besideLine({ path, action, beside }: InitFile, style: TextStyle): string {
  const text =
    action === "replaced"
      ? `${path}: what was there is ${beside}`
      : `${path} was edited and stays; the new version is ${beside}`;
  return wrap(text, 3, style);
}

function notes({ rejected, githubSpecKit, agents, files, agentsSeen, prefix }: InitOutcome): string[] {
  const own = files.filter(
    ({ reason, action, owner }) => reason === "foreign" && action === "kept" && owner === "speckit",
  );
  const theirs = own.filter(({ path }) => githubSpecKit.length > 0 && !path.startsWith("templates/"));
  const outside = agents.filter(({ written }) => !written);
  return [
    ...(rejected.length > 0
      ? [`Left out of constitution.md, since contracts do not keep it: ${rejected.join("; ")}`]
      : []),
    ...(githubSpecKit.length > 0
      ? [`GitHub spec-kit's files stay as they are: ${names(githubSpecKit)}`]
      : []),
    ...(theirs.length > 0
      ? [
          `${theirs.length === 1 ? "1 command has the name of one of its own and was" : `${theirs.length} commands have the names of its own and were`} not written. Another prefix gives both: --prefix ${prefix === "fleet" ? "speckit" : "fleet"}`,
        ]
      : []),
    ...outside.map(
      ({ name, folder }) =>
        `${name} reads commands from ${folder}, outside of the workspace: written only with --user`,
    ),
    ...(agents.length === 0
      ? [
          `No agent was named, so there are no commands. ${agentsSeen.length > 0 ? `Folders of these are here: ${agentsSeen.join(", ")}` : ""}`.trim(),
        ]
      : []),
  ];
}

function next({ dryRun, agents, agentsSeen, services, files, prefix, githubSpecKit }: InitOutcome): string {
  if (dryRun) return "the same without --dry-run";
  if (agents.length === 0) return `speckit init . --ai ${agentsSeen[0] ?? "claude"}`;
  if (files.some(({ action, beside }) => action === "kept" && beside !== undefined))
    return "merge each .new file and delete it";
  if (githubSpecKit.length > 0 && prefix === "speckit")
    return `speckit init . --ai ${agents.map(({ key }) => key).join(",")} --prefix fleet`;
  return services.length > 0 ? "speckit" : "speckit constitution --explain";
}

function foundText(services: InitOutcome["services"]): string {
  return `${services.length} service${services.length === 1 ? "" : "s"} found: ${names(services.map(({ name }) => name))}`;
}

function names(all: readonly string[]): string {
  const shown = all.slice(0, 6);
  return `${shown.join(", ")}${all.length > shown.length ? ` and ${all.length - shown.length} more` : ""}`;
}
