import type { McpPlace } from "./mcp-registration.ts";

/** How an agent's file of a command is written. */
export type CommandFormat = "markdown" | "toml" | "yaml";

/** A coding agent, and where and how it reads commands that a repository brings along. */
export interface Agent {
  readonly key: string;
  readonly name: string;
  /** Relative to the workspace; `~/…` is the user's own folder; undefined where the user has to say. */
  readonly dir: string | undefined;
  readonly format: CommandFormat;
  /** What stands behind a command's name; `/SKILL.md` for a skill, which is a folder. */
  readonly ext: string;
  /** What the agent replaces by the words behind the command; undefined when it replaces nothing. */
  readonly args: string | undefined;
  /** Names of commands may have dots. Skills never do: https://agentskills.io/specification. */
  readonly dots: boolean;
  /** Where the workspace says which MCP servers there are; undefined where that is kept elsewhere or not known. */
  readonly mcp: McpPlace | undefined;
}

type Row = readonly [
  key: string,
  name: string,
  dir: string,
  ext: string,
  args?: string,
  more?: { readonly dots?: false; readonly mcp?: McpPlace },
];

const SKILL = "/SKILL.md";
const ARGUMENTS = "$ARGUMENTS";
const none = "";
const dashed = { dots: false } as const;
const servers = (file: string) => ({ mcp: { file, style: "mcpServers" } as const });

/** One line an agent: key, name, folder, extension; then the placeholder and whatever else is out of the ordinary. */
// biome-ignore format: a table
const rows: readonly Row[] = [
  ["agy", "Antigravity", ".agents/skills", SKILL],
  ["alquimia", "Alquimia", ".alquimia/skills", SKILL],
  ["amp", "Amp", ".agents/commands", ".md"],
  ["auggie", "Auggie", ".augment/commands", ".md"],
  ["bob", "IBM Bob", ".bob/skills", SKILL],
  ["claude", "Claude Code", ".claude/skills", SKILL, ARGUMENTS, servers(".mcp.json")],
  ["cline", "Cline", ".clinerules/workflows", ".md", ARGUMENTS, dashed],
  ["codebuddy", "CodeBuddy", ".codebuddy/commands", ".md"],
  ["codex", "Codex", ".agents/skills", SKILL],
  ["command-code", "Command Code", ".commandcode/skills", SKILL],
  ["copilot", "GitHub Copilot", ".github/skills", SKILL, ARGUMENTS, { mcp: { file: ".vscode/mcp.json", style: "servers" } }],
  ["cursor-agent", "Cursor", ".cursor/skills", SKILL, ARGUMENTS, servers(".cursor/mcp.json")],
  ["devin", "Devin", ".devin/skills", SKILL],
  ["droid", "Factory Droid", ".factory/skills", SKILL, ARGUMENTS, servers(".factory/mcp.json")],
  ["firebender", "Firebender", ".firebender/commands", ".mdc"],
  ["forge", "Forge", ".forge/commands", ".md", "{{parameters}}", { ...dashed, ...servers(".mcp.json") }],
  ["gemini", "Gemini CLI", ".gemini/commands", ".toml", "{{args}}", servers(".gemini/settings.json")],
  ["generic", "any other agent", none, ".md"],
  ["goose", "Goose", ".goose/recipes", ".yaml", "{{args}}"],
  ["grok", "Grok", ".grok/skills", SKILL],
  ["hermes", "Hermes", "~/.hermes/skills", SKILL],
  ["junie", "Junie", ".junie/commands", ".md", ARGUMENTS, servers(".junie/mcp/mcp.json")],
  ["kilocode", "Kilo Code", ".kilo/commands", ".md"],
  ["kimi", "Kimi Code", ".kimi-code/skills", SKILL],
  ["kiro-cli", "Kiro CLI", ".kiro/prompts", ".md", none, { ...dashed, ...servers(".kiro/settings/mcp.json") }],
  ["lingma", "Lingma", ".lingma/skills", SKILL],
  ["omp", "Oh My Pi", ".omp/commands", ".md"],
  ["opencode", "opencode", ".opencode/commands", ".md", ARGUMENTS, { mcp: { file: "opencode.json", style: "opencode" } }],
  ["pi", "Pi", ".pi/prompts", ".md"],
  ["qodercli", "Qoder CLI", ".qoder/skills", SKILL],
  ["qwen", "Qwen Code", ".qwen/commands", ".md", ARGUMENTS, servers(".qwen/settings.json")],
  ["rovodev", "Rovo Dev", ".rovodev/skills", SKILL],
  ["shai", "SHAI", ".shai/commands", ".md"],
  ["tabnine", "Tabnine CLI", ".tabnine/agent/commands", ".toml", "{{args}}"],
  ["trae", "Trae", ".trae/skills", SKILL],
  ["vibe", "Mistral Vibe", ".vibe/skills", SKILL],
  ["zcode", "ZCode", ".zcode/skills", SKILL],
  ["zed", "Zed", ".agents/skills", SKILL, ARGUMENTS, { mcp: { file: ".zed/settings.json", style: "zed" } }],
];

/** Other names that people use. */
const aliases: Readonly<Record<string, string>> = { cursor: "cursor-agent" };

const formats: Readonly<Record<string, CommandFormat>> = { ".toml": "toml", ".yaml": "yaml" };

/** Every agent that commands are written for, sorted by key. */
export const agents: readonly Agent[] = rows.map(([key, name, dir, ext, args = ARGUMENTS, more = {}]) => ({
  key,
  name,
  dir: dir === none ? undefined : dir,
  format: formats[ext] ?? "markdown",
  ext,
  args: args === none ? undefined : args,
  dots: ext !== SKILL && more.dots !== false,
  mcp: more.mcp,
}));

export function findAgent(name: string): Agent | undefined {
  const key = Object.hasOwn(aliases, name) ? aliases[name] : name;
  return agents.find((agent) => agent.key === key);
}

export function isSkill({ ext }: Pick<Agent, "ext">): boolean {
  return ext === SKILL;
}

/** Its commands belong to the user, not to the workspace. */
export function isOfUser({ dir }: Pick<Agent, "dir">): boolean {
  return dir?.startsWith("~/") === true;
}
