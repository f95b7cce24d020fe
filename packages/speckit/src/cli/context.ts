import { nextTask, taskNamed } from "../authoring/next-task.ts";
import { ABOUT_BUDGET, type Recipe, recipes } from "../authoring/recipes.ts";
import type { Service } from "../model/workspace.ts";
import { contextPackJson } from "../render/context-pack.ts";
import { closestName } from "./closest-name.ts";
import { type Command, type Options, UsageError } from "./command.ts";
import { type OpenWorkspace, openWorkspace } from "./open-workspace.ts";
import { optionText } from "./options.ts";
import { packFor } from "./pack-for.ts";

const LEAST_BUDGET = 200;
const names = recipes.map(({ command }) => command);

export const context: Command = {
  name: "context",
  summary: "What an agent needs for a command, within a budget of tokens, and why each part is in it",
  arguments: "<command>",
  options: [
    ["--service <name>", "the service to work on"],
    ["--all", "the whole fleet, wherever you stand"],
    ["--about <text>", "what you want to know or do: only places that have to do with it"],
    [
      "--budget <n>",
      `tokens at most, as o200k_base splits them (default: by command; with --about ${ABOUT_BUDGET})`,
    ],
  ],
  examples: [
    "speckit context plan --service=order-service",
    "speckit context implement --service=order-service --budget 2500",
    'speckit context implement --service=order-service --about "Task 3.2"',
    'speckit context validate --about "how long is an idempotency key kept"',
  ],

  async run([command = ""], options, io) {
    const recipe = recipeOf(command);
    const about = optionText(options, "about")?.trim() || undefined;
    const budget = budgetOf(options, about === undefined ? recipe.budget : ABOUT_BUDGET);
    const opened = openWorkspace(options, io);
    const service = serviceOf(opened, about, recipe);
    const task = taskFor(service, recipe, about, new Set(opened.read.workspace.files))?.task;
    const { described, text, tokens } = await packFor(
      opened,
      { recipe, service, about, task, budget },
      options,
      io,
    );
    io.write(options.json === true ? contextPackJson(described, tokens) : text);
    return 0;
  },
};

/** @throws UsageError */
function recipeOf(command: string): Recipe {
  const recipe = recipes.find((one) => one.command === command.replace(/^\/?speckit\./, ""));
  if (recipe) return recipe;
  const nearest = closestName(command, names);
  throw new UsageError(
    `There is no context for '${command}'. ${nearest ? `Did you mean '${nearest}'?` : `There is for: ${names.join(", ")}.`}`,
  );
}

/** @throws UsageError */
function budgetOf(options: Options, usual: number): number {
  const text = optionText(options, "budget");
  if (text === undefined) return usual;
  const budget = Number(text.replaceAll(/[_,]/g, "").replace(/k$/i, "000"));
  if (Number.isInteger(budget) && budget >= LEAST_BUDGET) return budget;
  throw new UsageError(`--budget must be a number of tokens from ${LEAST_BUDGET}; it is '${text}'.`);
}

/**
 * The service one stands in or names; the only one there is. A question can be about the fleet, and so can the constitution and a check.
 * @throws UsageError when it is not clear which one is meant
 */
function serviceOf(
  { read, scope }: OpenWorkspace,
  about: string | undefined,
  { command }: Recipe,
): Service | undefined {
  if (scope.kind !== "all") return scope.service;
  const { services } = read.workspace;
  if (services.length === 1) return services[0];
  const isOfAll = about !== undefined || /^(?:constitution|specify|analyze|validate)/.test(command);
  if (isOfAll || services.length === 0) return undefined;
  const some = services.slice(0, 10).map(({ name }) => name);
  throw new UsageError(
    `Which service is it? Say so with --service=NAME, or what you want to know with --about. There are: ${some.join(", ")}.`,
  );
}

function taskFor(
  service: Service | undefined,
  { byTask }: Recipe,
  about: string | undefined,
  files: ReadonlySet<string>,
) {
  if (!service || byTask !== true) return undefined;
  return about === undefined ? nextTask(service, files) : taskNamed(service, about);
}
