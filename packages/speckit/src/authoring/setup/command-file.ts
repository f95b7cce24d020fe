import type { Agent } from "./agents.ts";
import { isSkill } from "./agents.ts";

/** What an agent is told to do for a command: the engine's command of the same name, and what to write. */
export interface Prompt {
  readonly command: string;
  readonly description: string;
  /** Markdown; `$ARGUMENTS` stands for what the user wrote behind the command. */
  readonly body: string;
}

/** What stands before a command's name unless the user wants something else: `/speckit.plan`. */
export const DEFAULT_PREFIX = "speckit";

const PLACEHOLDER = "$ARGUMENTS";
/** For agents that pass a prompt on as it is: a placeholder would reach the model as text. */
const PROSE = "what the user asked for in this conversation";

/**
 * Reads a prompt template: front matter with a description, then the body. What has none is a mistake in this package, so it throws.
 */
export function parsePrompt(command: string, text: string): Prompt {
  const [, description, body] = /^---\ndescription: (.+)\n---\n([\s\S]+)$/.exec(text) ?? [];
  if (description === undefined || body === undefined)
    throw new Error(`The prompt of ${command} has no description.`);
  return { command, description, body: body.trim() };
}

/** The name under which an agent offers a command: `speckit.plan`, or `speckit-plan` where dots are refused. */
function commandName(agent: Pick<Agent, "dots">, command: string, prefix: string): string {
  return `${prefix}${agent.dots ? "." : "-"}${command}`;
}

/** Where the file of a command stands, relative to the agent's folder. */
export function commandPath(agent: Agent, command: string, prefix: string): string {
  return `${commandName(agent, command, prefix)}${agent.ext}`;
}

/** The file of a command in the agent's own format. */
export function renderCommand(agent: Agent, { command, description, body }: Prompt, prefix: string): string {
  const prompt = body.replaceAll(PLACEHOLDER, () => agent.args ?? PROSE);
  const name = commandName(agent, command, prefix);
  switch (agent.format) {
    case "markdown":
      return `${frontMatter(agent, name, description)}\n${prompt}\n`;
    case "toml":
      return `description = ${JSON.stringify(description)}\nprompt = """\n${tomlText(prompt)}\n"""\n`;
    case "yaml":
      return recipe(name, description, prompt);
  }
}

/** Only agents that go by the name within the file get one: others take the file's. */
function frontMatter(agent: Agent, name: string, description: string): string {
  const named = isSkill(agent) || !agent.dots ? `name: ${name}\n` : "";
  return `---\n${named}description: ${JSON.stringify(description)}\n---\n`;
}

/** What stands between `"""` in TOML 1.0. */
function tomlText(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"""', '""\\"');
}

/** Goose: https://block.github.io/goose/docs/guides/recipes/recipe-reference. An optional parameter must have a default. */
function recipe(name: string, description: string, prompt: string): string {
  const indented = prompt.replace(/^(?=.)/gm, "  ");
  return `version: 1.0.0
title: ${name}
description: ${JSON.stringify(description)}
parameters:
  - key: args
    input_type: string
    requirement: optional
    default: ""
    description: What to do, in the user's words
extensions:
  - type: builtin
    name: developer
prompt: |
${indented}
`;
}
