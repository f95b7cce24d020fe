import { closest, distance } from "fastest-levenshtein";
import { type Config, defaultConfig } from "../model/config.ts";
import type { ReadingProblem } from "../model/contract.ts";
import { joinPointer } from "./pointer.ts";
import { parseTree } from "./tree.ts";
import { isMapping } from "./values.ts";

/** The configuration says something that cannot be meant; nothing is checked before that is mended. */
export class BadConfig extends Error {}

/** What a value of a key may be, in JSON Schema's words; its message completes "must be …". */
interface KeyRule {
  readonly meaning: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly accepts: (value: unknown) => boolean;
  readonly mustBe: string;
}

const boolean = (meaning: string): KeyRule => ({
  meaning,
  schema: { type: "boolean" },
  accepts: (value) => typeof value === "boolean",
  mustBe: "true or false",
});
const oneOf = (meaning: string, choices: readonly string[]): KeyRule => ({
  meaning,
  schema: { enum: choices },
  accepts: (value) => choices.includes(value as string),
  mustBe: `one of ${choices.join(", ")}`,
});
const positive = (meaning: string): KeyRule => ({
  meaning,
  schema: { type: "integer", minimum: 1 },
  accepts: (value) => Number.isInteger(value) && (value as number) >= 1,
  mustBe: "a whole number above 0",
});

const texts = (meaning: string, mustBe: string): KeyRule => ({
  meaning,
  schema: { type: "array", items: { type: "string" } },
  accepts: (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
  mustBe,
});

const authorPattern = /^(?:offline|agent:[a-z0-9][\w.-]*|model:[a-z0-9-]+\/\S+)$/;
const commandName = /^[a-z0-9][\w.-]*$/;

/** Every key of `.speckit.config.json`, by its path. The reference page and the JSON Schema are made from this table. */
export const configKeys: Readonly<Record<string, KeyRule>> = {
  "cache.enabled": boolean(
    "Keep what was read in .speckit/cache, so that only changed files are read again.",
  ),
  "cache.retention_days": positive("Drop caches and records of runs that are older than this many days."),
  "analysis.default_mode": oneOf(
    "Whether `analyze` looks at what changed since its last run, or at everything.",
    ["incremental", "full"],
  ),
  "validation.strict": boolean("Warnings fail a run, as errors do."),
  "validation.auto_validate": boolean("Commands that draft a document check what they wrote."),
  "documentation.auto_generate_quick_ref": boolean("Write quick-ref.md after the last task of `implement`."),
  "documentation.token_target": positive("How many tokens a quick-ref.md may have."),
  author: {
    meaning:
      "Who drafts when no `--author` is given: `offline`, `agent:NAME` for an installed agent, or `model:PROVIDER/MODEL`.",
    schema: { type: "string", pattern: authorPattern.source },
    accepts: (value) => typeof value === "string" && authorPattern.test(value),
    mustBe: "offline, agent:NAME or model:PROVIDER/MODEL",
  },
  "authors.time_limit_seconds": positive("How long an agent or a model may work on one draft or one task."),
  "authors.token_limit": positive(
    "How many tokens an agent or a model may use for one draft or one task: what it reads anew and what it writes.",
  ),
  "authors.commands": {
    meaning:
      "Programs of your own for `--author agent:NAME`: each reads the prompt on standard input and prints its answer. They run only when the command line names them.",
    schema: {
      type: "object",
      propertyNames: { pattern: commandName.source },
      additionalProperties: { type: "array", items: { type: "string", minLength: 1 }, minItems: 1 },
    },
    accepts: (value) =>
      isMapping(value) &&
      Object.entries(value).every(
        ([name, words]) =>
          commandName.test(name) &&
          Array.isArray(words) &&
          words.length > 0 &&
          words.every((word) => typeof word === "string" && word !== ""),
      ),
    mustBe: 'an object such as { "mine": ["my-agent", "--stdin"] }, a list of words for each name',
  },
  "tasks.form": oneOf(
    "How `tasks` writes a task: `microservices`, a heading `### Task 1.1: …` with fields below it; `spec-kit`, a box `- [ ] T001 [P] [US1] …`. Without it as the specification is written.",
    ["microservices", "spec-kit"],
  ),
  services: texts(
    "Globs of the folders that are services, relative to the root. Without it services are found by their documents.",
    'a list of globs such as "services/*"',
  ),
  roots: texts(
    "Folders of other repositories that belong to the fleet, relative to the root. Each is compared with the merge base of its own default branch.",
    'a list of folders such as "../user-service"',
  ),
  rules: {
    meaning: "Severity of single rules: `off`, `info`, `warning` or `error`.",
    schema: { type: "object", additionalProperties: { enum: ["off", "info", "warning", "error"] } },
    accepts: (value) =>
      isMapping(value) &&
      Object.values(value).every((level) => ["off", "info", "warning", "error"].includes(level as string)),
    mustBe:
      'an object such as { "event-without-consumer": "off" }, with off, info, warning or error for each rule',
  },
  "events.compatibility": oneOf(
    "What a new version of an event must keep: `forward`, old consumers understand new messages; `backward`, new consumers understand old messages; `full`, both. Without it `forward` for what a service sends, `backward` for what it receives.",
    ["backward", "forward", "full"],
  ),
  profile: oneOf(
    "Whose verdicts changes of contracts get: `wire`, by what happens to messages; `oasdiff`, as that tool judges where the two differ.",
    ["wire", "oasdiff"],
  ),
  owners: {
    meaning: "Who owns services: patterns of their folders as in CODEOWNERS, and a team or person for each.",
    schema: { type: "object", additionalProperties: { type: "string" } },
    accepts: (value) => isMapping(value) && Object.values(value).every((owner) => typeof owner === "string"),
    mustBe: 'an object such as { "services/user-service/": "@shop/identity" }',
  },
  "asyncapi.pointOfView": oneOf(
    "Whose actions AsyncAPI 2 documents name: `client`, as the specification has it (what is under `publish` the service receives); `application` (what is under `publish` the service sends).",
    ["client", "application"],
  ),
};

/**
 * Reads `.speckit.config.json`. A key that nobody knows is reported with the nearest known name, and has no effect.
 * @throws BadConfig when the file is no JSON object, or a known key has a value it cannot have
 */
export function parseConfig(
  file: string,
  text: string,
  ruleIds: ReadonlySet<string>,
): { config: Config; problems: ReadingProblem[] } {
  const { value, problems } = parseTree(file, text);
  const [broken] = problems.filter(({ severity }) => severity !== "warning");
  if (broken) throw new BadConfig(`${place(broken)}: ${broken.message}`);
  if (!isMapping(value)) throw new BadConfig(`${file}:1: the configuration must be a JSON object.`);
  const config = structuredClone(defaultConfig) as unknown as Record<string, unknown>;
  const unknown: ReadingProblem[] = [];
  for (const { path, pointer, value: given } of leaves(value)) {
    const rule = Object.hasOwn(configKeys, path) ? configKeys[path] : undefined;
    if (!rule) {
      unknown.push(unknownKey(file, path, pointer, Object.keys(configKeys)));
      continue;
    }
    if (!rule.accepts(given))
      throw new BadConfig(`${file}: '${path}' must be ${rule.mustBe}; it is ${JSON.stringify(given)}.`);
    assign(config, path.split("."), given);
  }
  for (const id of Object.keys((config as unknown as Config).rules)) {
    if (!ruleIds.has(id)) unknown.push(unknownKey(file, id, joinPointer("/rules", id), [...ruleIds], "rule"));
  }
  return { config: config as unknown as Config, problems: [...problems, ...unknown] };
}

function* leaves(
  config: Readonly<Record<string, unknown>>,
): Generator<{ path: string; pointer: string; value: unknown }> {
  for (const [key, value] of Object.entries(config)) {
    if (key === "$schema") continue;
    const isSection = Object.keys(configKeys).some((path) => path.startsWith(`${key}.`));
    if (!isSection || !isMapping(value)) {
      yield { path: key, pointer: joinPointer("", key), value };
      continue;
    }
    for (const [name, member] of Object.entries(value)) {
      yield { path: `${key}.${name}`, pointer: joinPointer("", key, name), value: member };
    }
  }
}

function unknownKey(
  file: string,
  name: string,
  pointer: string,
  known: readonly string[],
  what = "key",
): ReadingProblem {
  const nearest = known.length > 0 ? closest(name, known) : undefined;
  const hint =
    nearest !== undefined && distance(name, nearest) <= Math.max(3, nearest.length / 3)
      ? ` Did you mean '${nearest}'?`
      : "";
  return {
    rule: "unknown-config-key",
    message: `There is no ${what} '${name}'.${hint}`,
    at: { file, pointer },
  };
}

function assign(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first = "", ...rest] = path;
  if (rest.length === 0) target[first] = value;
  else assign(target[first] as Record<string, unknown>, rest, value);
}

function place({ at }: ReadingProblem): string {
  return "line" in at ? `${at.file}:${at.line}:${at.column}` : at.file;
}
