import { authorOptions } from "../../src/cli/watch-author.ts";
import { headlessAgents } from "../../src/node/authors/agents.ts";
import { providers } from "../../src/node/authors/providers.ts";

/** The page about authors: flags, agents and providers, from their tables. */
export function authorsPage(): string {
  return `${[
    "<!-- Written by `npm run docs` from packages/speckit/src/node/authors. -->",
    "# Authors",
    "Who writes drafts (`specify`, `plan`, `tasks`, `constitution --prompt`) and works on tasks (`implement`). [Draft with a model](../how-to/draft-with-a-model.md) says how.",
    table(
      ["flag", "what it does"],
      authorOptions.map(([flag, meaning]) => [`\`${flag}\``, meaning]),
    ),
    "Without `--author` drafts come from [`author`](configuration.md#author) of the configuration, offline unless it says otherwise; a task is worked on by a person.",
    "## Agents",
    "`--author agent:NAME` runs the program below with the arguments that stand there, in the root of the workspace, with the environment of the shell. The prompt comes on standard input. For a draft the agent gets the arguments of the third column too, for a task those of the fourth.",
    table(
      ["name", "runs", "for a draft", "for a task"],
      headlessAgents.map(({ name, title, install, program, arguments: words, toDraft, toImplement }) => [
        `[${name}](${install} "${title}")`,
        code([program, ...words]),
        code(toDraft),
        code(toImplement),
      ]),
    ),
    "## Models",
    "`--author model:NAME/MODEL` asks a model itself. Key and address come from the environment and from nowhere else. The packages are installed by whoever uses them: `npm install ai` and the one below.",
    table(
      ["name", "key", "another address", "package"],
      providers.map(({ name, title, keys, address, usualAddress, packages }) => [
        `${name} (${title === "The server" ? "any server with OpenAI's chat interface" : title})`,
        keys.length === 0
          ? `none; \`${address.replace(/(?:_BASE_URL|_HOST)$/, "_API_KEY")}\` if the server wants one`
          : keys.map((key) => `\`${key}\``).join(" or "),
        `\`${address}\`${usualAddress === undefined && keys.length === 0 ? ", needed" : ""}`,
        packages.map((name) => `\`${name}\``).join(", "),
      ]),
    ),
  ].join("\n\n")}\n`;
}

function code(words: readonly string[]): string {
  return words.length === 0 ? "" : `\`${words.join(" ")}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
