import type { OutputFormat } from "./agent-events.ts";

/**
 * How an agent's command line runs without a person: the prompt comes on standard input, so that it stands in no list of processes and may be long.
 * For a draft it may read; for a task it may edit files too, and run commands only where the agent itself confines or allows them.
 */
export interface Headless {
  /** As in `--author agent:NAME`, and as `speckit init --ai` calls it. */
  readonly name: string;
  /** What its maker calls it. */
  readonly title: string;
  readonly program: string;
  readonly arguments: readonly string[];
  /** Added for a draft: reading is enough. */
  readonly toDraft: readonly string[];
  /** Added for a task: files are edited. */
  readonly toImplement: readonly string[];
  readonly output: OutputFormat;
  /** Where it says how it is installed. */
  readonly install: string;
}

type Row = readonly [
  name: string,
  title: string,
  command: string,
  toDraft: string,
  toImplement: string,
  output: OutputFormat,
  install: string,
];

const readOnlyTools = "--disallowedTools Bash,Edit,NotebookEdit,Write";
const claudeLike = "-p --output-format stream-json --verbose";

/** One line an agent. Words are split at blanks: no argument has one. */
// biome-ignore format: a table
const rows: readonly Row[] = [
  ["amp", "Amp", "amp --execute --stream-json", "", "", "claude", "https://ampcode.com/manual"],
  ["auggie", "Auggie", "auggie --print --quiet", "--ask", "", "text", "https://docs.augmentcode.com/cli"],
  ["claude", "Claude Code", `claude ${claudeLike} --include-partial-messages`, readOnlyTools, "--permission-mode acceptEdits", "claude", "https://code.claude.com/docs"],
  ["codebuddy", "CodeBuddy", `codebuddy ${claudeLike}`, readOnlyTools, "--permission-mode acceptEdits", "claude", "https://www.codebuddy.ai/docs/cli"],
  ["codex", "Codex", "codex exec --json --skip-git-repo-check --color never", "--sandbox read-only -", "--sandbox workspace-write -", "codex", "https://developers.openai.com/codex/cli"],
  ["copilot", "GitHub Copilot", "copilot --output-format json --no-ask-user --no-color --allow-all-tools --deny-tool=shell", "--deny-tool=write", "", "copilot", "https://docs.github.com/copilot/how-tos/copilot-cli"],
  ["cursor-agent", "Cursor", "cursor-agent -p --trust --output-format stream-json", "--mode ask", "", "claude", "https://cursor.com/docs/cli"],
  ["droid", "Factory Droid", "droid exec", "", "--auto low", "text", "https://docs.factory.ai/cli"],
  ["gemini", "Gemini CLI", "gemini --output-format stream-json", "--approval-mode default", "--approval-mode auto_edit", "gemini", "https://geminicli.com/docs"],
  ["goose", "Goose", "goose run --no-session --quiet --output-format stream-json -i -", "", "", "goose", "https://block.github.io/goose"],
  ["kilocode", "Kilo Code", "kilo run --format json", "", "--auto", "opencode", "https://kilo.ai/docs/cli"],
  ["kimi", "Kimi Code", "kimi --print --output-format stream-json", "", "", "kimi", "https://moonshotai.github.io/kimi-cli"],
  ["opencode", "opencode", "opencode run --format json", "", "", "opencode", "https://opencode.ai/docs"],
  ["pi", "Pi", "pi --mode json --no-session", "--tools read,grep,find,ls", "", "pi", "https://github.com/earendil-works/pi"],
  ["qwen", "Qwen Code", "qwen --output-format stream-json --include-partial-messages", "--approval-mode default", "--approval-mode auto-edit", "claude", "https://qwenlm.github.io/qwen-code-docs"],
];

const words = (text: string): string[] => text.split(" ").filter((word) => word !== "");

/** Agents that can be run without a person, sorted by name. */
export const headlessAgents: readonly Headless[] = rows.map(
  ([name, title, command, toDraft, toImplement, output, install]) => {
    const [program = name, ...rest] = words(command);
    return {
      name,
      title,
      program,
      arguments: rest,
      toDraft: words(toDraft),
      toImplement: words(toImplement),
      output,
      install,
    };
  },
);
