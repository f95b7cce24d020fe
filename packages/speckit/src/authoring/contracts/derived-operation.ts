import { pathShape } from "../../model/path-shape.ts";
import type { Story } from "../../model/spec.ts";
import { actionsOf, beginsWithVerb } from "../offline/prompt/asked.ts";
import { kebab, pascal, upperFirst } from "../offline/words.ts";
import { textOf } from "./requests.ts";

/** An operation that a story seems to ask for. Whatever no story says is left open. */
export interface DerivedOperation {
  /** Lower case, as contracts write it. */
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly story: Story;
  /** What is listed, created or found; `undefined` for an action such as a login. */
  readonly answers: "list" | "item" | "created" | "nothing" | "outcome";
}

type Shape = Pick<DerivedOperation, "method" | "answers"> & { readonly isItem: boolean };

const crud: readonly (readonly [verbs: RegExp, shape: Shape])[] = [
  [
    /^(?:create|add|register|place|make|submit|open|book|post|upload|import|request|write)$/i,
    { method: "post", answers: "created", isItem: false },
  ],
  [/^(?:list|browse|search|find|filter)$/i, { method: "get", answers: "list", isItem: false }],
  [
    /^(?:view|read|get|see|show|check|track|download|export|print)$/i,
    { method: "get", answers: "item", isItem: true },
  ],
  [/^(?:update|change|edit|rename|replace|set)$/i, { method: "put", answers: "item", isItem: true }],
  [/^(?:delete|remove)$/i, { method: "delete", answers: "nothing", isItem: true }],
];

const actor =
  /^(?:(?:signed-in|registered|new|anonymous)\s+)?(?:user|customer|admin|administrator|person|client|caller|operator|member|buyer|seller|guest|visitor|employee|manager|team|system)s?\s+(?=\S)/i;
const named = /(?<![\w/])(GET|POST|PUT|PATCH|DELETE)\s+(\/[^\s`'",;)]*)/g;

/** The operations that a story names; without any those that its When or its title seems to be. `prefix` stands before every path. */
export function operationsOf(story: Story, prefix: string, domain: string): DerivedOperation[] {
  const text = story.scenarios.map(({ whole }) => whole).join(" ");
  const told = Array.from(text.matchAll(named), ([, method = "", path = ""]) =>
    namedOperation(method, contractPath(path), story),
  );
  if (told.length > 0) return told;
  const done = doneIn(story, prefix);
  if (done.length > 0) return done;
  const words = bare(story.title.replace(actor, ""));
  const found = beginsWithVerb(words) ? ofVerb(words, prefix) : undefined;
  const name = kebab(words) || kebab(story.title);
  return name === ""
    ? []
    : [{ ...(found ?? action(`${prefix}${domain}/${name}`, name)), summary: story.title, story }];
}

/** Two stories may ask for the same, with other names of parameters too; an operationId may stand once. */
export function distinctOperations(operations: readonly DerivedOperation[]): DerivedOperation[] {
  const paths = new Map([...operations].reverse().map(({ path }) => [pathShape(path), path]));
  const byPlace = new Map(
    [...operations].reverse().map((one) => {
      const path = paths.get(pathShape(one.path)) ?? one.path;
      return [`${one.method} ${path}`, { ...one, path }];
    }),
  );
  const seen = new Map<string, number>();
  return [...byPlace.values()].reverse().map((operation) => {
    const count = (seen.get(operation.operationId) ?? 0) + 1;
    seen.set(operation.operationId, count);
    return count === 1 ? operation : { ...operation, operationId: `${operation.operationId}${count}` };
  });
}

function namedOperation(method: string, path: string, story: Story): DerivedOperation {
  const lower = method.toLowerCase() as DerivedOperation["method"];
  const words = path.split("/").filter((part) => part !== "" && !/^(?:api|v\d+)$/.test(part));
  const isItem = /\}$/.test(words.at(-1) ?? "");
  const answers = {
    get: isItem ? "item" : "list",
    post: "created",
    put: "item",
    patch: "item",
    delete: "nothing",
  } as const;
  return {
    method: lower,
    path,
    operationId: camel(
      [lower === "get" && !isItem ? "list" : lower, ...words.map((word) => word.replace(/[{}]/g, ""))].join(
        "-",
      ),
    ),
    summary: story.title,
    story,
    answers: answers[lower],
  };
}

/** A path of a sentence as contracts have it: without a query and the end of the sentence, its parameters in braces. */
function contractPath(written: string): string {
  return written
    .replace(/[?#].*$/, "")
    .replace(/[.:!]+$/, "")
    .replace(/(?<=\/):([A-Za-z_]\w*)/g, "{$1}")
    .replace(/(?<=.)\/$/, "");
}

/** "they create, read, replace or delete their profile". */
function doneIn(story: Story, prefix: string): DerivedOperation[] {
  const actions = actionsOf(/^(?:they|(?:the )?\p{L}+s)\s+(.+)$/iu.exec(textOf(story).when)?.[1] ?? "");
  if (!actions.every(beginsWithVerb)) return [];
  const found = actions.map((text) => ({ text, found: ofVerb(bare(text), prefix) }));
  if (found.some((one) => one.found === undefined)) return [];
  return found.flatMap(({ text, found: one }) =>
    one ? [{ ...one, summary: actions.length > 1 ? upperFirst(bare(text)) : story.title, story }] : [],
  );
}

function bare(words: string): string {
  return words.replace(/\b(?:an?|the|their|his|her|its|my|our|own|all|new)\s+/gi, "");
}

type Found = Pick<DerivedOperation, "method" | "path" | "operationId" | "answers">;

/** "place orders", "cancel order with a reason": what is done, and to what. */
function ofVerb(words: string, prefix: string): Found | undefined {
  const [, verb = "", rest = ""] = /^(\S+)\s+(.+)$/.exec(words) ?? [];
  const [thing = ""] = rest.split(
    /\s+(?:with|for|from|to|in|into|by|of|at|on|via|using|as|when|if|and|or)\b/i,
  );
  if (thing === "" || /^(?:in|out|up|on|off|with|for|to|from)\b/i.test(rest)) return undefined;
  const collection = plural(kebab(thing));
  const shape = crud.find(([verbs]) => verbs.test(verb))?.[1];
  const one = singular(collection);
  const item = `${prefix}${collection}/{${camel(one)}Id}`;
  if (!shape)
    return {
      method: "post",
      path: `${item}/${kebab(verb)}`,
      operationId: camel(`${verb}-${one}`),
      answers: "outcome",
    };
  const isList = shape.answers === "item" && shape.method === "get" && kebab(thing) === collection;
  const path = shape.isItem && !isList ? item : `${prefix}${collection}`;
  return {
    method: shape.method,
    path,
    operationId: camel(`${verb}-${shape.answers === "list" || isList ? collection : one}`),
    answers: isList ? "list" : shape.answers,
  };
}

function action(path: string, name: string): Found {
  return { method: "post", path, operationId: camel(name), answers: "outcome" };
}

export function camel(text: string): string {
  const name = pascal(text);
  return `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
}

function plural(name: string): string {
  if (/[^s]s$/.test(name)) return name;
  if (/[^aeiou]y$/.test(name)) return name.replace(/y$/, "ies");
  return /(?:x|ss|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}

function singular(name: string): string {
  if (/ies$/.test(name)) return name.replace(/ies$/, "y");
  return /(?:x|ss|ch|sh)es$/.test(name) ? name.replace(/es$/, "") : name.replace(/(?<=[^s])s$/, "");
}
