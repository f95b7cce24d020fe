import type { Author } from "../authoring/author.ts";
import type { Implementer } from "../authoring/implementer.ts";
import { offlineAuthor } from "../authoring/offline/offline-author.ts";
import { offlineImplementer } from "../authoring/scaffold/offline-implementer.ts";
import { findAgent } from "../authoring/setup/agents.ts";
import type { Config } from "../model/config.ts";
import { type AgentPlace, agentAuthor, agentImplementer } from "../node/authors/agent-author.ts";
import { type Headless, headlessAgents } from "../node/authors/agents.ts";
import { type ModelPlace, modelAuthor, modelImplementer } from "../node/authors/model-author.ts";
import { accessTo, providers } from "../node/authors/providers.ts";
import { findProgram } from "../node/authors/run-program.ts";
import { closestName } from "./closest-name.ts";
import { type Io, type Options, UsageError } from "./command.ts";
import { optionText } from "./options.ts";

/** Where an author works, and what it may know of the machine. */
export interface Workplace {
  readonly root: string;
  readonly config: Config;
  readonly env: Io["env"];
}

/** Who was named, and where: on the command line, or in the configuration that came with the repository. */
interface Named {
  readonly id: string;
  readonly byPerson: boolean;
}

/**
 * Who drafts: whom the command line names, else the configuration, else nobody but the engine.
 * @throws UsageError for an author who is not there
 */
export function authorNamed(options: Options, workplace: Workplace): Author {
  const given = optionText(options, "author");
  const named = { id: given ?? workplace.config.author, byPerson: given !== undefined };
  if (named.id === offlineAuthor.id) return offlineAuthor;
  if (named.id.startsWith("agent:")) return agentAuthor(agentPlace(named, workplace));
  if (named.id.startsWith("model:")) return modelAuthor(modelPlace(named.id, workplace));
  throw nobody(named.id, workplace);
}

/**
 * Who works on tasks; undefined when the command line names nobody: a person does.
 * @throws UsageError for an author who is not there
 */
export function implementerNamed(options: Options, workplace: Workplace): Implementer | undefined {
  const id = optionText(options, "author");
  if (id === undefined) return undefined;
  if (id === offlineImplementer.id) return offlineImplementer;
  if (id.startsWith("agent:")) return agentImplementer(agentPlace({ id, byPerson: true }, workplace));
  if (id.startsWith("model:")) return modelImplementer(modelPlace(id, workplace));
  throw nobody(id, workplace);
}

/** @throws UsageError when there is no such agent, or it is not installed */
function agentPlace({ id, byPerson }: Named, workplace: Workplace): AgentPlace {
  const { root, config, env } = workplace;
  const asked = id.slice("agent:".length);
  const own = Object.hasOwn(config.authors.commands, asked) ? config.authors.commands[asked] : undefined;
  if (own && findAgent(asked))
    throw new UsageError(
      `'authors.commands' gives a command the name '${asked}', which is that of an agent. Give it a name of its own.`,
    );
  // What a repository says is run only when a person asks for it by name.
  if (own && !byPerson)
    throw new UsageError(
      `'author' names ${id}, a command of this repository's own: ${asTyped(own)}. Look at it, and run it by name: --author ${id}.`,
    );
  const agent = own ? commandAgent(asked, own) : known(asked, workplace);
  const path = findProgram(agent.program, env);
  if (path === undefined)
    throw new UsageError(
      `${agent.title} is not installed: there is no program ${agent.program} on the PATH.${agent.install === "" ? "" : ` ${agent.install} says how to get it.`} Or go without it: --author offline.`,
    );
  return { agent, path, root, env, shown: own && asTyped(own) };
}

/** A command as a person should see it: nothing in it moves the cursor, or looks like the end of a word. */
function asTyped(words: readonly string[]): string {
  const code = (character: string) => `\\u{${character.codePointAt(0)?.toString(16)}}`;
  return words
    .map((word) => (/^[\w./:=@%+,~-]+$/.test(word) ? word : JSON.stringify(word).replace(/\p{C}/gu, code)))
    .join(" ");
}

/** A command of the configuration: it reads the prompt, and prints its answer as plain text. */
function commandAgent(name: string, [program = "", ...rest]: readonly string[]): Headless {
  return {
    name,
    title: name,
    program,
    arguments: rest,
    toDraft: [],
    toImplement: [],
    output: "text",
    install: "",
  };
}

function known(asked: string, workplace: Workplace): Headless {
  const key = findAgent(asked)?.key ?? asked;
  const agent = headlessAgents.find(({ name }) => name === key);
  if (agent) return agent;
  if (findAgent(asked))
    throw new UsageError(
      `How ${findAgent(asked)?.name} runs without a person is not known. Say it in .speckit.config.json: { "authors": { "commands": { "mine": ["PROGRAM", "ARGUMENT"] } } }, then --author agent:mine. Or take one of ${names(headlessAgents)}.`,
    );
  throw nobody(`agent:${asked}`, workplace);
}

/** @throws UsageError when there is no such provider, or the environment has no key for it */
function modelPlace(id: string, { env }: Workplace): ModelPlace {
  const [, name = "", model = ""] = /^model:([^/]*)\/?(.*)$/.exec(id) ?? [];
  const provider = providers.find((one) => one.name === name);
  if (!provider) {
    const all = providers.map((one) => one.name);
    const nearest = closestName(name, all);
    throw new UsageError(
      `There is no provider '${name}'. ${nearest === undefined ? "" : `Did you mean model:${nearest}/MODEL? `}There are ${all.join(", ")}.`,
    );
  }
  if (model === "")
    throw new UsageError(`Which model of ${provider.title}? Name it: --author model:${name}/MODEL.`);
  const access = accessTo(provider, model, env);
  if ("missing" in access)
    throw new UsageError(
      `${provider.title} needs ${access.missing}: set it in the environment. It is read from nowhere else.`,
    );
  return { provider, access, env };
}

function nobody(id: string, { config }: Workplace): UsageError {
  const agents = [...Object.keys(config.authors.commands), ...headlessAgents.map(({ name }) => name)];
  const authors = [offlineAuthor.id, ...agents.map((name) => `agent:${name}`)];
  const nearest = closestName(id, authors);
  return new UsageError(
    `There is no author '${id}'. ${nearest === undefined ? "" : `Did you mean ${nearest}? `}Write --author offline, agent:NAME with one of ${agents.join(", ")}, or model:PROVIDER/MODEL.`,
  );
}

function names(agents: readonly Headless[]): string {
  return agents.map(({ name }) => name).join(", ");
}
