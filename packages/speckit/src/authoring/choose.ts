import type { Task } from "../model/task-list.ts";
import type { Service, Workspace } from "../model/workspace.ts";
import { type Fit, fitAbout } from "./about.ts";
import { applies } from "./applies.ts";
import { relatedTo } from "./collect-snippets.ts";
import type { Recipe } from "./recipes.ts";
import type { Snippet, SnippetKind } from "./snippet.ts";

/** A snippet with how much it is worth, and why. */
export interface Candidate {
  readonly snippet: Snippet;
  readonly worth: number;
  readonly reason: string;
}

export interface ChooseInput {
  readonly workspace: Workspace;
  readonly service: Service | undefined;
  readonly snippets: readonly Snippet[];
  readonly recipe: Recipe;
  /** What somebody wants to know. */
  readonly about: string | undefined;
  readonly task: Task | undefined;
}

/** What fits a question less than this share of the best is noise. */
const LEAST_FIT = 0.2;
/** What a question is about counts more than what the command usually needs. */
const FIT_WEIGHT = 0.85;
const OTHERS = 0.8;
/** Where answers stand: in what was agreed rather than in what was made of it. */
const authority: Readonly<Partial<Record<SnippetKind, number>>> = {
  spec: 1.25,
  constitution: 1.1,
  operation: 0.9,
  event: 0.9,
  schema: 0.9,
  plan: 0.9,
  task: 0.8,
  code: 0.5,
};

/** Ranks what an agent may be given: by the command, by the task at hand, and by the question, when there is one. Best first; equal ones by place. */
export function choose(input: ChooseInput): Candidate[] {
  const { workspace, service, snippets, recipe, about, task } = input;
  const related = service ? relatedTo(workspace, service.name) : new Map<string, readonly string[]>();
  const fits = about === undefined ? undefined : fitAbout(snippets, about);
  const candidates = snippets.flatMap((snippet): Candidate[] => {
    const fit = fits?.get(snippet);
    if (fit) return aboutCandidate(snippet, fit, recipe, service);
    const isOther =
      service !== undefined && snippet.service !== undefined && snippet.service !== service.name;
    if (snippet.kind === "constitution" && !applies(snippet, workspace, service)) return [];
    if (snippet.kind === "template" && !isTemplateOf(snippet.file, recipe.command)) return [];
    if (isOther && snippet.kind !== "related") return [];
    const covered = task && coveredBy(snippet, task);
    const weight = recipe.weights[snippet.kind] ?? 0;
    if (weight === 0) return [];
    if (recipe.byTask && snippet.kind === "task" && covered !== "task") return [];
    return [
      covered
        ? {
            snippet,
            worth: covered === "task" ? 1.2 : 1,
            reason:
              covered === "task" ? `the task: ${task.id} ${task.title}` : `task ${task.id} covers ${covered}`,
          }
        : { snippet, worth: weight * rankOf(snippet), reason: reasonOf(snippet, related) },
    ];
  });
  return candidates.sort(
    (a, b) => b.worth - a.worth || compare(a.snippet.file, b.snippet.file) || a.snippet.line - b.snippet.line,
  );
}

function aboutCandidate(
  snippet: Snippet,
  { score, words }: Fit,
  recipe: Recipe,
  service: Service | undefined,
): Candidate[] {
  if (score < LEAST_FIT || snippet.kind === "template") return [];
  const isOther = service !== undefined && snippet.service !== undefined && snippet.service !== service.name;
  const weight = recipe.weights[snippet.kind] ?? 0;
  const worth =
    (FIT_WEIGHT * score + (1 - FIT_WEIGHT) * weight) *
    (isOther ? OTHERS : 1) *
    (authority[snippet.kind] ?? 1);
  return [{ snippet, worth, reason: `about ${words.slice(0, 4).join(", ")}` }];
}

/** Within a spec: what is promised, then who else takes part, then the rest. */
function rankOf({ kind, headings }: Snippet): number {
  if (kind !== "spec") return 1;
  const [chapter = ""] = headings;
  if (/scenario|stor(?:y|ies)|clarification/i.test(chapter)) return 1;
  if (/requirement/i.test(chapter)) return 0.97;
  if (/dependenc|event|contract/i.test(chapter)) return 0.93;
  if (/overview|boundary|data/i.test(chapter)) return 0.9;
  return 0.8;
}

/** Which of the things that a task covers, or the task itself, a snippet is; undefined for none. */
function coveredBy(
  { kind, headings, text }: Snippet,
  { id, title, covers, stories, acceptance }: Task,
): string | undefined {
  if (kind === "task")
    return headings.at(-1)?.includes(title) || text.includes(` ${id} `) ? "task" : undefined;
  const wanted = [...covers, ...stories, ...(acceptance?.requests ?? []).flatMap(({ path }) => path ?? [])];
  const heading = headings.at(-1) ?? "";
  return wanted.find((one) => {
    const [short = one] = one.split(":");
    if (kind === "spec")
      return (
        heading === one ||
        heading.startsWith(`${short}:`) ||
        heading === `Event: ${one}` ||
        text.includes(`**${short}**`)
      );
    if (kind === "operation")
      return operationIdIn(text) === one || heading.endsWith(` ${one}`) || heading === one;
    return kind === "event" && heading.split(" ")[0] === one;
  });
}

/** In YAML or JSON. */
function operationIdIn(text: string): string | undefined {
  return /\boperationId["']?\s*:\s*["']?([\w.-]+)/.exec(text)?.[1];
}

function reasonOf(
  { kind, headings, service }: Snippet,
  related: ReadonlyMap<string, readonly string[]>,
): string {
  const heading = headings.at(-1) ?? "";
  switch (kind) {
    case "constitution":
      return heading === "" ? "applies to all services" : `applies: ${heading}`;
    case "template":
      return "the form that is expected";
    case "quick-ref":
      return `${service ?? "the service"} in short`;
    case "related":
      return `${service}: ${(related.get(service ?? "") ?? []).slice(0, 2).join(", ")}`;
    case "operation":
    case "event":
    case "schema":
      return `the contract: ${heading}`;
    default:
      return heading === "" ? kind : `${kind}: ${heading}`;
  }
}

function isTemplateOf(file: string, command: string): boolean {
  const wanted: Readonly<Record<string, RegExp>> = {
    specify: /spec/,
    plan: /plan/,
    tasks: /tasks?/,
    constitution: /constitution/,
    document: /quick-?ref|ai-?doc/,
  };
  return wanted[command]?.test(file.slice(file.lastIndexOf("/") + 1)) ?? false;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
