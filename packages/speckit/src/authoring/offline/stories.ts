import { groupBy } from "../../model/group-by.ts";
import { nameOf } from "../../model/operation-purpose.ts";
import { wordStems } from "../../model/word-stems.ts";
import { open, plain, prose } from "../setup/plain.ts";
import type { DraftOperation } from "./offered.ts";
import { beginsWithVerb } from "./prompt/asked.ts";
import type { ToldScenario } from "./prompt/scenarios.ts";
import type { Asked } from "./prompt.ts";
import type { DraftScenario } from "./scenarios.ts";
import { article, lowerFirst, titleCase, upperFirst } from "./words.ts";

/** Something that a service does for its callers: asked for, offered by operations, or both. */
export interface DraftStory {
  readonly title: string;
  /** What the service claims as its own by it. */
  readonly claim: string;
  readonly asked: Asked | undefined;
  readonly operations: readonly DraftOperation[];
}

/** More of them nobody reads: then one speaks of all operations of a resource. */
const MOST_STORIES = 12;

/** What was asked for, in that order, each with the operations that do it; then the other operations. */
export function storiesOf(asked: readonly Asked[], operations: readonly DraftOperation[]): DraftStory[] {
  const doneBy = groupBy(operations, (operation) => bestFit(asked, operation));
  const rest = doneBy.get(undefined) ?? [];
  const told = asked.map(
    (one): DraftStory => ({
      title: titleOf(one),
      claim: upperFirst(plain(wordsAsked(one))),
      asked: one,
      operations: doneBy.get(one) ?? [],
    }),
  );
  if (told.length + rest.length <= MOST_STORIES) return [...told, ...rest.map(ofOperation)];
  const byResource = [...groupBy(rest, resourceOf)].map(
    ([resource, own]): DraftStory => ({
      title: titleCase(resource),
      claim: upperFirst(plain(resource.replace(/[-_]/g, " "))),
      asked: undefined,
      operations: own,
    }),
  );
  return [...told, ...byResource];
}

/** What was asked for, in a few words. */
function wordsAsked(asked: Asked): string {
  if (asked.kind === "scenario") return asked.title;
  return asked.kind === "part" ? asked.name : asked.action;
}

function ofOperation(operation: DraftOperation): DraftStory {
  const { summary, operationId } = operation;
  const given = plain(summary ?? operationId?.replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ") ?? "", 60);
  const words = given.replace(/[.:]+$/, "");
  return {
    title: titleCase(words || wordsOf(operation)) || plain(nameOf(operation), 60),
    claim: upperFirst(words || wordsOf(operation)),
    asked: undefined,
    operations: [operation],
  };
}

/** A path in words: "create item" of `POST /orders/{id}/items`, "cancel order" of `POST /orders/{id}/cancel`. */
function wordsOf({ method, path }: DraftOperation): string {
  const segments = segmentsOf(path);
  const fixed = segments.filter((segment) => !isParameter(segment));
  const [name = "", before = ""] = fixed.reverse().map((segment) => segment.replace(/[-_.]/g, " "));
  const isItem = isParameter(segments.at(-1) ?? "");
  if (method === "POST" && segments.some(isParameter) && beginsWithVerb(name))
    return plain(`${name} ${singular(before)}`, 60);
  const isList = method === "GET" && !isItem && singular(name) !== name;
  const verb = isList ? "list" : (verbsOf[method]?.split(" ")[0] ?? "");
  return plain(`${verb} ${isList ? name : singular(name)}`.trim(), 60);
}

function singular(name: string): string {
  return name.replace(/(?<=[^s])s$/, "");
}

/** The first segment of a path that is neither a version nor a parameter. */
function resourceOf({ path }: DraftOperation): string {
  return segmentsOf(path).find((part) => !/^(?:api|v\d+)$/.test(part) && !isParameter(part)) ?? "root";
}

const segmentsOf = (path: string) => path.split("/").filter((part) => part !== "");
const isParameter = (segment: string) => /^(?:\{.*\}|:\w+)$/.test(segment);

/** In which words people ask for what a method does. */
const verbsOf: Readonly<Record<string, string>> = {
  GET: "read get list view show see browse search find history",
  POST: "create place add register make submit new",
  PUT: "update change edit modify replace",
  PATCH: "update change edit modify",
  DELETE: "delete remove",
};

/** What an operation does for whoever asked: more than half of the words. */
export function bestFit<A extends Asked>(asked: readonly A[], operation: DraftOperation): A | undefined {
  const { summary, operationId, path, method } = operation;
  const said = `${summary ?? ""} ${operationId?.replace(/(?=[A-Z])/g, " ") ?? ""} ${path.replace(/[^\p{L}]+/gu, " ")}`;
  const isAction = method === "POST" && segmentsOf(path).findLastIndex(isParameter) > 0;
  const stems = wordStems(`${said} ${isAction ? "" : (verbsOf[method] ?? "")}`);
  let best: { one: A; score: number } | undefined;
  for (const one of asked) {
    const wanted = wordStems(wordsAsked(one));
    const shared = [...wanted].filter((stem) => [...stems].some((own) => isAlike(own, stem))).length;
    const score = shared / Math.max(1, wanted.size);
    if (score > 0.5 && score > (best?.score ?? 0)) best = { one, score };
  }
  return best?.one;
}

/** "validate" and "validation". */
function isAlike(a: string, b: string): boolean {
  return a === b || (a.length >= 5 && a.slice(0, 5) === b.slice(0, 5));
}

function titleOf(asked: Asked): string {
  if (asked.kind !== "deed") return titleCase(plain(wordsAsked(asked), 80));
  const deed = `${asked.actor ?? ""} ${plain(asked.action, 80)}`;
  return titleCase(deed.replace(/\b(?:an?|the|their|his|her|its|own)\b/gi, " "));
}

/** `tokens`: callers show one. */
export function scenarioOf(story: DraftStory, service: string, tokens: boolean): DraftScenario {
  const { asked, title } = story;
  if (asked?.kind === "scenario") return ofTold(story, asked);
  if (story.operations.length > 0) return ofOperations(story, service);
  if (asked?.kind === "deed") return ofDeed(title, asked, service, tokens);
  const given = plain(asked?.name ?? title, 80);
  // German writes its nouns with capitals.
  const name = asked?.by === undefined ? lowerFirst(given) : given;
  const by = asked?.by === undefined ? "" : ` (${plain(asked.by, 80)})`;
  return {
    title,
    lines: [
      `**Given** ${tokens ? "a signed-in user" : "a caller"}${by}`,
      `**When** a request for ${name} arrives`,
      `**Then** ${open(`What does ${service} answer to a request for ${name}, and what has changed?`)}`,
    ],
    must: `offer ${name}`,
  };
}

/** As it was told, with the operations that do it. */
function ofTold({ title, operations }: DraftStory, { when, outcome, steps }: ToldScenario): DraftScenario {
  const unnamed = operations.map((operation) => `\`${plain(nameOf(operation), 200)}\``);
  const told = steps.map(({ text }) => text).join(" ");
  const missing = unnamed.filter((name) => !told.includes(name.replaceAll("`", "")));
  const by = missing.length > 0 ? ` (${listed(missing)})` : "";
  return {
    title,
    lines: steps.map(({ word, text }) => `**${word}** ${prose(text)}${word === "When" ? by : ""}`),
    must: `see to it that ${lowerFirst(prose(outcome))} when ${lowerFirst(prose(when))}`,
  };
}

function ofDeed(
  title: string,
  { actor = "caller", action }: Extract<Asked, { kind: "deed" }>,
  service: string,
  tokens: boolean,
): DraftScenario {
  const deed = lowerFirst(plain(action, 80));
  const isKnown = /\b(?:signed|registered|new|anonymous|guest|visitor)/.test(actor);
  return {
    title,
    lines: [
      `**Given** ${article(tokens && !isKnown ? `signed-in ${actor}` : actor)}`,
      `**When** they ${deed}`,
      `**Then** ${open(`What does ${service} answer or store when they ${deed}?`)}`,
    ],
    must: `let ${article(actor)} ${deed}`,
  };
}

const reasons: Readonly<Record<string, string>> = {
  401: "without valid credentials",
  403: "if the caller may not",
  404: "if there is none",
  409: "if it contradicts what is there",
  412: "if it was changed meanwhile",
};
/** Answers that differ for a caller in nothing but their number. */
const alike: readonly (readonly [statuses: readonly string[], reason: string])[] = [
  [["400", "413", "415", "422"], "if the request is not as the contract says"],
  [["429", "503"], "if it cannot be served now"],
];

function ofOperations({ title, operations }: DraftStory, service: string): DraftScenario {
  const responses = operations.flatMap((operation) => operation.responses);
  const good = statusesOf(operations, /^[123]/);
  const names = listed(operations.map((operation) => `\`${plain(nameOf(operation), 200)}\``));
  const isSecured = operations.every(({ security }) => security.length > 0);
  const existing = operations.length === 1 ? itemOf(operations[0]?.path ?? "") : undefined;
  const answers = good.length > 0 ? `system returns ${good.join(" or ")}` : undefined;
  return {
    title,
    lines: [
      `**Given** ${isSecured ? "a signed-in caller" : "a caller"}${existing ? ` and an existing ${existing}` : ""}`,
      `**When** they send ${names}`,
      `**Then** ${answers ?? open(`What does ${service} answer to ${names}?`)}`,
      ...refusals(operations).map((text) => `**Or** returns ${text}`),
    ],
    must: `answer ${names}${responses.length > 0 ? " as its contract says" : ""}`,
  };
}

function refusals(operations: readonly DraftOperation[]): string[] {
  const bad = statusesOf(operations, /^[45]/);
  const grouped = alike.flatMap(([statuses, reason]) => {
    const own = bad.filter((status) => statuses.includes(status));
    return own.length > 0 ? [`${listed(own)} ${reason}`] : [];
  });
  const others = bad.filter((status) => !alike.some(([statuses]) => statuses.includes(status)));
  return [...others.map((status) => `${status} ${reasons[status] ?? "as the contract says"}`), ...grouped];
}

function statusesOf(operations: readonly DraftOperation[], pattern: RegExp): string[] {
  const all = operations.flatMap(({ responses }) => responses.map(({ status }) => status));
  return [...new Set(all)].filter((status) => pattern.test(status)).sort();
}

/** What stands before the first parameter: `user` of `/users/{id}`. */
function itemOf(path: string): string | undefined {
  const segments = segmentsOf(path);
  const index = segments.findIndex(isParameter);
  if (index === -1) return undefined;
  const before = segments[index - 1] ?? "resource";
  return plain(singular(before).replace(/-/g, " ")) || "resource";
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
