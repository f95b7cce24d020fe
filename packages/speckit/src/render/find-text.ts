import type { PlaceType } from "../search/searched-document.ts";
import { grouped } from "./grouped.ts";
import { paint, type TextStyle, wrap } from "./text-style.ts";

/** A search as a person sees it. */
export interface FoundText {
  readonly query: string;
  readonly places: readonly {
    readonly file: string;
    readonly line: number;
    readonly heading: string;
    readonly type: PlaceType;
    readonly whole: boolean;
    readonly service: string | undefined;
    readonly relevance: number;
  }[];
  readonly suggestion: string | undefined;
  readonly cheapRead:
    | {
        readonly file: string;
        readonly lines?: { readonly from: number; readonly to: number } | undefined;
        readonly tokens: number;
        readonly insteadOf: number;
      }
    | undefined;
  /** Show every place, whatever that costs to read. */
  readonly whole: boolean;
  /** The service that was looked at because the user stands in it. */
  readonly scope: string | undefined;
  /** A path as the user would write it from where he stands. */
  readonly shown: (file: string) => string;
}

type Place = FoundText["places"][number];

/** What all of it may cost the agent that reads it, and what the lines below the list need of that. */
const MAX_TOKENS = 300;
const TOKENS_BELOW = 110;
/** Places below this percentage are shown only when there is nothing better. */
const HARDLY = 2;
const UNLIKELY = 20;
/** Characters of a query that are repeated. */
const LONGEST_QUERY = 120;

/** Where it was found, the most likely first; what to read first and what that costs; the next command. */
export function renderFindText(found: FoundText, style: TextStyle): string {
  const { dim, bold, cyan } = paint(style);
  const next = (command: string) => `${dim("Next:")} ${cyan(command)}`;
  if (found.places.length === 0) return `${nothing(found, style)}\n${next(nextWithout(found))}\n`;
  const lines = linesThatFit(found, style);
  const best = found.places[0];
  const blocks = [
    [bold("Found in:"), ...lines].join("\n"),
    [
      ...(best && best.relevance < UNLIKELY
        ? [wrap("Nothing fits well: other words may find what you mean.", 0, style)]
        : []),
      ...(found.suggestion === undefined ? [] : [`Did you mean ${quoted(clipped(found.suggestion))}?`]),
      ...cheapLine(found).map((line) => wrap(line, 0, style)),
      next(best ? nextFor(best, found, style) : ""),
    ].join("\n"),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function nothing({ query, suggestion, scope }: FoundText, style: TextStyle): string {
  const where = scope === undefined ? "here" : `in ${scope}`;
  const hint = suggestion === undefined ? "" : ` Did you mean ${quoted(clipped(suggestion))}?`;
  return wrap(`Nothing ${where} has to do with ${quoted(clipped(query))}.${hint}`, 0, style);
}

function nextWithout({ query, suggestion, scope }: FoundText): string {
  if (query.length > LONGEST_QUERY) return "speckit service-catalog";
  if (suggestion !== undefined) return `speckit find ${quoted(suggestion)}`;
  return scope === undefined ? "speckit service-catalog" : `speckit find ${quoted(query)} --all`;
}

/** As many places as an agent can read for the price that is promised. */
function linesThatFit({ places, whole, shown }: FoundText, style: TextStyle): string[] {
  const lines: string[] = [];
  let tokens = TOKENS_BELOW;
  for (const [index, place] of places.entries()) {
    if (!whole && index > 2 && place.relevance < HARDLY) break;
    const line = placeText(place, shown(place.file), style);
    tokens += tokensAtMost(line.plain);
    if (!whole && index > 0 && tokens > MAX_TOKENS) break;
    lines.push(line.painted);
  }
  return lines;
}

function placeText({ line, heading, type, whole, relevance }: Place, file: string, style: TextStyle) {
  const { dim } = paint(style);
  const isDocument = whole && (type === "spec" || type === "doc");
  const place = isDocument ? file : `${file}:${line}`;
  const share = `(relevance: ${relevance}%)`;
  const room = style.columns - `- ${place}  ${share}`.length;
  const name = isDocument || heading.length > Math.min(room, 50) ? "" : heading;
  const plain = [`- ${place}`, ...(name === "" ? [] : [name]), share].join(" ");
  return { plain, painted: [`- ${place}`, ...(name === "" ? [] : [name]), dim(share)].join(" ") };
}

function cheapLine({ cheapRead, shown }: FoundText): string[] {
  if (!cheapRead) return [];
  const { file, lines, tokens, insteadOf } = cheapRead;
  const what = lines
    ? `lines ${lines.from}-${lines.to} of ${shown(file)}`
    : file.endsWith("/quick-ref.md")
      ? "quick-ref"
      : shown(file);
  return [`Load ${what} first (${grouped(tokens)} tokens vs ${grouped(insteadOf)})`];
}

/** What a change to the best place would touch; by its service where its path is too long for a line. */
function nextFor(
  { whole, heading, type, file, service }: Place,
  { query, shown }: FoundText,
  { columns }: TextStyle,
): string {
  if (service === undefined)
    return query.length > LONGEST_QUERY ? "speckit service-catalog" : `speckit find ${quoted(query)} --json`;
  // An event's version is no part of its name.
  const name = /^[A-Z]+ \//.test(heading) ? heading : (heading.split(" ")[0] ?? "");
  const command = `speckit impact ${argument(whole || type !== "contract" ? shown(file) : name)}`;
  return "Next: ".length + command.length > columns ? `speckit impact ${argument(service)}` : command;
}

/** Somebody may have looked for a whole log. */
function clipped(query: string): string {
  return query.length > LONGEST_QUERY ? `${query.slice(0, LONGEST_QUERY)}…` : query;
}

function quoted(text: string): string {
  return `"${text.replace(/["$`\\]/g, "\\$&")}"`;
}

function argument(text: string): string {
  return /^[\w./@:-]+$/.test(text) ? text : quoted(text);
}

/** More than a tokenizer makes of a line, found without loading one: parts of words are seldom shorter than three letters. */
function tokensAtMost(line: string): number {
  let tokens = 1;
  for (const [part] of line.matchAll(/[A-Za-z]+|\d+|[^\sA-Za-z\d]/g))
    tokens += /^[A-Za-z\d]/.test(part) ? Math.ceil(part.length / 4) : part.charCodeAt(0) < 128 ? 1 : 2;
  return tokens;
}
