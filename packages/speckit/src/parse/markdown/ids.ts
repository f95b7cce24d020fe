import type { Marker } from "../../model/markdown.ts";
import type { Block } from "./blocks.ts";
import { linesOf } from "./markers.ts";

/** Ids of requirements, criteria, stories and tasks: `FR-001`, `SC-002a`, `US3`, `T014`. */
const idPattern =
  /(?<![\p{L}\p{N}_#/.-])(?:(?:N?FR|RN?F|SC)-?\d{1,4}[a-zA-Z]?|US-?\d{1,3}|T\d{3,4}[A-Z]?(?:\.\d+)?)(?![\p{L}\p{N}_]|-\d|\.\d)/gu;
/** `FR-001 to FR-004`, `T005-T009`, `T001–003`: all ids between the two are meant. */
const rangePattern =
  /(?<prefix>FR-|SC-|T)(?<from>\d{1,4})\s*(?:-|–|—|~|\.\.\.?|to|through|至|到)\s*\k<prefix>(?<to>\d{1,4})/gu;
/** More than that is no range of ids. */
const MAX_RANGE = 500;

/** The same id however it is written: `FR001` and `FR-001`. */
export function normalId(id: string): string {
  return id.replace(/^([A-Z]+)-?(\d)/, (_, prefix: string, digit: string) =>
    prefix === "T" || prefix === "US" || prefix === "P" ? `${prefix}${digit}` : `${prefix}-${digit}`,
  );
}

/** Ids named in a text, ranges written out, each once, in the order of their first mention. */
export function idsIn(text: string): string[] {
  if (!/\d/.test(text)) return [];
  const ids = Array.from(text.matchAll(idPattern), ([id]) => normalId(id));
  for (const { groups = {} } of text.matchAll(rangePattern)) ids.push(...expandRange(groups));
  return [...new Set(ids)];
}

function expandRange({ prefix = "", from = "", to = "" }: Record<string, string>): string[] {
  const first = Number(from);
  const length = Math.min(Number(to) - first + 1, MAX_RANGE);
  if (length <= 0) return [];
  return Array.from({ length }, (_, index) => prefix + String(first + index).padStart(from.length, "0"));
}

const obituary =
  /\b(?:removed|deleted|deprecated|retired|superseded|withdrawn|renumbered)\b|移除|已砍|删除|刪除|废弃|廢棄|廃止|削除|удал[её]н|eliminad|supprimé|entfernt/i;

/** Whether a text says that something is gone: who says so leans on it no more. */
function isWithdrawn(text: string): boolean {
  return obituary.test(text);
}

/** Whether a statement begins by saying so of itself: "(removed: …)", "~~…~~ deprecated". */
export function opensWithdrawn(text: string): boolean {
  const opening = text.trim().slice(0, 40);
  return /^[\s*_]*~~/.test(opening) || (/^[\s*_]*[([（【]/u.test(opening) && isWithdrawn(opening));
}

/** Every id that a document leans on: those that it names, except on the lines in `definitions` (keys `LINE:ID`), where it is given. */
export function readMentions(
  file: string,
  blocks: readonly Block[],
  definitions: ReadonlySet<string>,
): Marker[] {
  return blocks.flatMap(linesOf).flatMap(({ text, line, column }) =>
    Array.from(
      /\d/.test(text) && !isWithdrawn(text) ? text.matchAll(idPattern) : [],
      (match): Marker => ({
        text: normalId(match[0]),
        at: { file, line, column: column + match.index },
      }),
    ).filter((marker) => !definitions.has(`${line}:${marker.text}`)),
  );
}
