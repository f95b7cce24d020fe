import type { BlockChange, Revision } from "../revise/revise.ts";
import { labelOf, normal, type StatementItem, type StatementSection, sectionsOf } from "./statements.ts";

/** A change of lines, to be made from the end so that the places of the others stay. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/**
 * Brings the statements of a draft into a constitution that stands. One with the same label takes the place of the old one, others come in behind what
 * stands in their section. Nothing is taken out: a principle that no longer holds is for a person to delete.
 */
export function mergeConstitution(current: string, draft: string): Revision {
  const lines = current.replace(/\r\n?/g, "\n").split("\n");
  const standing = sectionsOf(lines);
  const draftLines = draft.replace(/\r\n?/g, "\n").split("\n");
  const edits: Edit[] = [];
  const changes: BlockChange[] = [];
  for (const section of sectionsOf(draftLines)) {
    const own = standing.find(({ title }) => normal(title) === normal(section.title));
    const fresh: StatementItem[] = [];
    for (const item of section.items) {
      const old = counterpart(item, standing, own);
      if (old === undefined) fresh.push(item);
      else if (normal(old.text) !== normal(item.text)) {
        edits.push({ from: old.from, to: old.to, lines: withBullet(lines[old.from] ?? "- ", item.text) });
        changes.push({ kind: "changed", name: item.text, before: `- ${old.text}`, after: `- ${item.text}` });
      }
    }
    if (fresh.length === 0) continue;
    edits.push(own ? addition(own, fresh, lines) : newSection(section, fresh, lines));
    for (const { text } of fresh) changes.push({ kind: "added", name: text, before: "", after: `- ${text}` });
  }
  if (changes.length === 0) return { text: current, changes, record: {} };
  edits.sort((a, b) => b.from - a.from || b.to - a.to);
  for (const { from, to, lines: by } of edits) lines.splice(from, to - from, ...by);
  return { text: `${lines.join("\n").trimEnd()}\n`, changes, record: {} };
}

/** The statement whose place a new one takes: the same words anywhere, or the only one with its label. */
function counterpart(
  { text }: StatementItem,
  standing: readonly StatementSection[],
  own: StatementSection | undefined,
): StatementItem | undefined {
  const all = standing.flatMap(({ items }) => items);
  const same = all.find((item) => normal(item.text) === normal(text));
  const label = labelOf(text);
  if (same || label === undefined) return same;
  const [only, another] = (own?.items ?? []).filter((item) => labelOf(item.text) === label);
  if (only) return another ? undefined : only;
  const [elsewhere, twice] = all.filter((item) => labelOf(item.text) === label);
  return twice ? undefined : elsewhere;
}

function withBullet(line: string, text: string): string[] {
  return [`${/^\s{0,3}[-*+]\s+/.exec(line)?.[0] ?? "- "}${text}`];
}

function addition(
  { from, to, items }: StatementSection,
  fresh: readonly StatementItem[],
  lines: readonly string[],
): Edit {
  const last = items.at(-1);
  const bullet = /^\s{0,3}[-*+]\s+/.exec(lines[last?.from ?? -1] ?? "")?.[0] ?? "- ";
  const added = fresh.map(({ text }) => `${bullet}${text}`);
  if (last) return { from: last.to, to: last.to, lines: added };
  let end = to;
  while (end > from + 1 && (lines[end - 1] ?? "").trim() === "") end--;
  return { from: end, to: end, lines: end === from + 1 ? ["", ...added] : ["", ...added] };
}

/** Behind the last section, but before the line that says which version it is. */
function newSection(
  { title }: StatementSection,
  fresh: readonly StatementItem[],
  lines: readonly string[],
): Edit {
  const version = lines.findLastIndex((line) => /^\*\*Version\*\*/i.test(line));
  let end = version === -1 ? lines.length : version;
  while (end > 0 && (lines[end - 1] ?? "").trim() === "") end--;
  const text = ["", ...(title === "" ? [] : [`## ${title}`, ""]), ...fresh.map((item) => `- ${item.text}`)];
  return { from: end, to: end, lines: text };
}
