import { nameOf } from "../../model/operation-purpose.ts";
import { open, plain } from "../setup/plain.ts";
import type { NamedEvent, Prompt } from "./prompt.ts";
import { type DraftStory, scenarioOf } from "./stories.ts";
import type { Upstream } from "./upstream.ts";
import { article, lowerFirst, titleCase } from "./words.ts";

/** A scenario of the draft, and the sentence that a test can decide. */
export interface DraftScenario {
  readonly title: string;
  readonly lines: readonly string[];
  /** What the service MUST do. */
  readonly must: string;
}

export interface ScenarioInput {
  readonly service: string;
  readonly prompt: Prompt;
  readonly stories: readonly DraftStory[];
  readonly published: readonly NamedEvent[];
  readonly consumed: readonly (NamedEvent & { readonly reaction: string })[];
  readonly upstream: readonly Upstream[];
  /** Callers show a token. */
  readonly tokens: boolean;
  /** Somebody asks for something new; else what is there is described, and nothing is promised for it. */
  readonly proposes: boolean;
}

/** Scenarios from what is known: what was asked for, operations, events, and what happens when another service is away. */
export function draftScenarios(input: ScenarioInput): DraftScenario[] {
  const { stories, published, consumed, upstream, service, tokens, proposes } = input;
  const told = stories.map((story) => scenarioOf(story, service, tokens));
  const events = new Set(published.map(({ event }) => plain(event)));
  const main = told.map((scenario) => {
    const own = [...events].filter((event) => tells(event, scenario));
    for (const event of own) events.delete(event);
    const said = scenario.lines.join("\n");
    const unsaid = own.filter((event) => !said.includes(event));
    return { ...scenario, lines: withPublications(scenario.lines, unsaid) };
  });
  const found = [
    ...main,
    ...(needsSubject(input) ? [ofSubject(input)] : []),
    ...[...events].map((event) => ofPublication(event, proposes)),
    ...consumed.map((one) => ofConsumption(one, proposes)),
  ];
  return unique([
    ...found,
    ...upstream.filter(({ checksTokens }) => checksTokens).map(withoutToken),
    // A question needs no scenario: it stands in the table of dependencies.
    ...upstream
      .filter(({ isAsked, failureMode }) => isAsked && !failureMode.startsWith("["))
      .map(unavailable),
  ]);
}

/** Nobody said what it does; events that were found elsewhere do not tell what was asked for. */
function needsSubject({ stories, prompt, proposes, published, consumed }: ScenarioInput): boolean {
  if (stories.length > 0) return false;
  return (proposes ? prompt.events : [...published, ...consumed]).length === 0;
}

function ofSubject({ prompt: { subject }, service, tokens }: ScenarioInput): DraftScenario {
  const about = plain(subject) || service;
  return {
    title: titleCase(about),
    lines: [
      `**Given** ${tokens ? "a signed-in user" : "a caller"}`,
      `**When** ${open(`What can callers of ${service} do?`)}`,
      `**Then** ${open("What does the system return, and what has changed?")}`,
    ],
    must: `offer ${lowerFirst(about)} to ${tokens ? "signed-in users" : "its callers"}`,
  };
}

const eventWords = (event: string) => event.split(/[._-]/).filter((word) => !/^v\d+$/.test(word));

/** "user.profile.created": A user profile is created. */
function happening(event: string): string {
  const words = eventWords(event);
  const action = words.at(-1) ?? event;
  const thing = words.slice(0, -1).join(" ") || "something";
  return `${article(thing)} is ${action}`;
}

function ofPublication(event: string, proposes: boolean): DraftScenario {
  return {
    title: titleCase(eventWords(event).join(" ")),
    lines: [
      "**Given** the service is running",
      `**When** ${happening(event)}`,
      `**Then** system stores the change and publishes \`${event}\``,
    ],
    must: `publish \`${event}\` whenever ${happening(event)}${proposes ? ", also when the process stops in between" : ""}`,
  };
}

function ofConsumption(
  { event: named, reaction }: ScenarioInput["consumed"][number],
  proposes: boolean,
): DraftScenario {
  const event = plain(named);
  return {
    title: `${titleCase(eventWords(event).join(" "))} Received`,
    lines: [
      "**Given** the service is running",
      `**When** \`${event}\` arrives`,
      `**Then** ${reaction}`,
      ...(proposes ? ["**And** a second delivery changes nothing"] : []),
    ],
    must: `process \`${event}\`${proposes ? " once, however often it is delivered" : ""}`,
  };
}

function withoutToken({ service, operations }: Upstream): DraftScenario {
  const name = operations[0] ? ` (\`${plain(nameOf(operations[0]))}\`)` : "";
  return {
    title: "Request Without a Valid Token",
    lines: [
      `**Given** a request without a token, or with one that ${service} refuses${name}`,
      "**When** it arrives",
      "**Then** system returns 401 and changes nothing",
    ],
    must: `refuse requests whose token ${service} does not confirm`,
  };
}

function unavailable({ service, failureMode, checksTokens }: Upstream): DraftScenario {
  const mode = checksTokens
    ? (failureMode.split("; ")[1] ?? "return 401, keeps no earlier answer,")
    : failureMode;
  return {
    title: `${titleCase(service)} Unavailable`,
    lines: [
      `**Given** ${service} does not answer`,
      "**When** a request needs it",
      `**Then** system ${lowerFirst(mode).replace(/^return /, "returns ")} and changes nothing`,
    ],
    must: `keep to its failure mode while ${service} does not answer`,
  };
}

/** What people say they do when an event of that name happens. */
const doings: Readonly<Record<string, { readonly method?: string; readonly verbs: RegExp }>> = {
  creat: { method: "POST", verbs: /\b(?:place|add|register|submit|make|open)\b/i },
  updat: { method: "PUT|PATCH", verbs: /\b(?:change|edit|modify|replace)\b/i },
  delet: { method: "DELETE", verbs: /\bremove\b/i },
};

/** The scenario does what the event tells: create and created, place orders and order.created. */
function tells(event: string, { title, lines }: DraftScenario): boolean {
  const words = eventWords(event);
  const stem = (words.at(-1) ?? "")
    .replace(/(?:ed|d)$/, "")
    .slice(0, 6)
    .toLowerCase();
  if (stem.length < 3) return false;
  const text = [title, ...lines].join(" ").toLowerCase();
  const { method, verbs } = doings[stem.slice(0, 5)] ?? {};
  const thing = words.at(-2)?.toLowerCase();
  return (
    text.includes(stem) ||
    (method !== undefined && new RegExp(`\`(?:${method}) `).test(lines.join(" "))) ||
    (verbs?.test(text) === true && thing !== undefined && text.includes(thing))
  );
}

function withPublications(lines: readonly string[], events: readonly string[]): string[] {
  const at = lines.findIndex((line) => line.startsWith("**Or**"));
  const end = at === -1 ? lines.length : at;
  return [
    ...lines.slice(0, end),
    ...events.map((event) => `**And** publishes \`${event}\``),
    ...lines.slice(end),
  ];
}

/** Two operations may have the same summary; titles tell scenarios apart. */
function unique(scenarios: readonly DraftScenario[]): DraftScenario[] {
  const seen = new Map<string, number>();
  return scenarios.map((scenario) => {
    const count = (seen.get(scenario.title) ?? 0) + 1;
    seen.set(scenario.title, count);
    return count === 1 ? scenario : { ...scenario, title: `${scenario.title} ${count}` };
  });
}
