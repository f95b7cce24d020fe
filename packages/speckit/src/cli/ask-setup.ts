import type { Readable, Writable } from "node:stream";
import { autocompleteMultiselect, confirm, isCancel, select, text } from "@clack/prompts";
import { agents } from "../authoring/setup/agents.ts";
import { DEFAULT_PREFIX } from "../authoring/setup/command-file.ts";
import type { SetupChoices } from "./set-up.ts";

/** What the questions depend on. */
export interface AskedOf {
  readonly services: number;
  readonly githubSpecKit: boolean;
  readonly agentsSeen: readonly string[];
}

/** Somebody pressed Ctrl-C or Escape. */
class Cancelled extends Error {}

/** Asks a person what is to be set up; undefined when they would rather not. Without streams it asks at the terminal. */
export async function askSetup(
  given: SetupChoices,
  { services, githubSpecKit, agentsSeen }: AskedOf,
  streams: { input?: Readable; output?: Writable } = {},
): Promise<SetupChoices | undefined> {
  try {
    const chosen = answer(
      await autocompleteMultiselect({
        ...streams,
        message: "Which agents do you work with?",
        placeholder: "type to search, Tab to choose",
        options: agents
          .filter(({ key }) => key !== "generic")
          .map(({ key, name }) => ({ value: key, label: name, hint: key })),
        initialValues: [...new Set([...given.agents, ...agentsSeen])],
        required: false,
        maxItems: 10,
      }),
    );
    const template = answer(
      await select({
        ...streams,
        message: "What is in this repository?",
        initialValue: given.template,
        options: [
          { value: "microservices" as const, label: "Several services", hint: "or the first of several" },
          { value: "single" as const, label: "One service or application" },
        ],
      }),
    );
    const drafts =
      services > 0 &&
      answer(
        await confirm({
          ...streams,
          message: `Draft specs and a catalog of the ${services} service${services === 1 ? "" : "s"} found? Nothing that is there changes.`,
          initialValue: given.drafts,
        }),
      );
    const prefix = githubSpecKit && chosen.length > 0 ? answer(await askPrefix(streams)) : given.prefix;
    const canRegister = agents.some(({ key, mcp }) => mcp !== undefined && chosen.includes(key));
    const mcp =
      canRegister &&
      answer(
        await confirm({
          ...streams,
          message: "Register the MCP server (speckit mcp) with them?",
          initialValue: given.mcp,
        }),
      );
    return { agents: chosen, template, drafts, prefix, mcp };
  } catch (error) {
    if (error instanceof Cancelled) return undefined;
    throw error;
  }
}

function askPrefix(streams: { input?: Readable; output?: Writable }) {
  return text({
    ...streams,
    message: `GitHub spec-kit's commands stay. Which word should stand before these? ("${DEFAULT_PREFIX}" keeps those of the same name instead)`,
    initialValue: "fleet",
    validate: (value) =>
      /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(value ?? "")
        ? undefined
        : "A word of small letters, digits and hyphens.",
  });
}

function answer<T>(value: T): Exclude<T, symbol> {
  if (isCancel(value)) throw new Cancelled();
  return value as Exclude<T, symbol>;
}
