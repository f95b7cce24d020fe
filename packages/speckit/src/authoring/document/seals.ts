import type { DraftRecord } from "../revise/revise.ts";
import type { Block } from "../revise/split-blocks.ts";
import type { DocumentName } from "./divide.ts";

/** A short hash of a text. */
export type Hash = (text: string) => string;

/**
 * What was generated the last time: by document and section, hashes of the text. They stand at the end of ai-doc.md, so that whoever clones the
 * repository still knows which sections a person wrote. Of two branches that were merged, both may stand.
 */
export type Seals = ReadonlyMap<string, ReadonlySet<string>>;

const opening = "<!-- Written by speckit document; a section that a person changes is left alone. Seals:";
/** It ends with its own lines: what a person wrote behind it may hold comments, too. */
const comment = /<!-- Written by speckit document;[^>]*?Seals:\n((?:(?!-->|#).+\n)*)-->[ \t]*\n*/g;
/** A record of a text that is known by its hash alone. */
const HASH_ONLY = "\0";

/** Takes the seals off ai-doc.md; people write behind them, and what they write stays. A comment that was damaged seals less, or nothing. */
export function readSeals(text: string): { readonly text: string; readonly seals: Seals } {
  const seals = new Map<string, Set<string>>();
  const plain = withPlainLineEnds(text);
  const body = plain.replace(comment, (_, lines: string) => {
    for (const line of lines.split("\n")) {
      const [, hash, name] = /^([0-9a-f]{12}) (.+)$/.exec(line.trim()) ?? [];
      if (hash !== undefined && name !== undefined)
        seals.set(name, new Set([...(seals.get(name) ?? []), hash]));
    }
    return "";
  });
  return { text: body === plain ? text : `${body.trimEnd()}\n`, seals };
}

/** Blank lines in the place of the seals, so that lines keep their numbers. */
export function blankSeals(text: string): string {
  return withPlainLineEnds(text).replace(comment, (seals) => seals.replace(/[^\n]/g, ""));
}

function withPlainLineEnds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** What is known of one document: the text of a section where it is the sealed one, else only that there was another. */
export function recordFrom(
  seals: Seals,
  name: DocumentName,
  texts: readonly Block[],
  hash: Hash,
): DraftRecord {
  const record: Record<string, string> = {};
  for (const [sealed, hashes] of seals) {
    if (!sealed.startsWith(`${name} `)) continue;
    const key = sealed.slice(name.length + 1);
    const same = texts.find(
      (block) => nameOf(block.key) === key && hashes.has(hash(withoutLayout(block.text))),
    );
    const own = texts.find((block) => nameOf(block.key) === key)?.key ?? key;
    record[own] = same ? same.text.trimEnd() : `${HASH_ONLY}${[...hashes].at(-1)}`;
  }
  return record;
}

/** The comment that seals both documents; empty when nothing was generated. */
export function sealsText(records: Readonly<Record<DocumentName, DraftRecord>>, hash: Hash): string {
  const lines = Object.entries(records).flatMap(([name, record]) =>
    Object.entries(record).map(
      ([key, text]) =>
        `${text.startsWith(HASH_ONLY) ? text.slice(1) : hash(withoutLayout(text))} ${name} ${nameOf(key)}`,
    ),
  );
  return lines.length === 0 ? "" : `\n${opening}\n${lines.sort(byName).join("\n")}\n-->\n`;
}

function byName(a: string, b: string): number {
  const [left, right] = [a.slice(13), b.slice(13)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether a section is the generated one. */
export function isSealed(seals: Seals, name: DocumentName, key: string, hash: string): boolean {
  return seals.get(`${name} ${nameOf(key)}`)?.has(hash) ?? false;
}

/** Whether everything that is to be sealed is. */
export function coversSeals(present: Seals, wanted: Seals): boolean {
  return [...wanted].every(([name, hashes]) => [...hashes].every((hash) => present.get(name)?.has(hash)));
}

/** What a text says, whatever git, editors and formatters make of its line ends, blanks and tables. */
export function withoutLayout(text: string): string {
  return text
    .replace(/^\uFEFF/, "")
    .replace(/-{3,}/g, "---")
    .replace(/[ \t]+/g, " ")
    .replace(/ ?\| ?/g, "|")
    .replace(/\s*\r?\n\s*/g, "\n")
    .trim();
}

/** A heading as a comment may hold it. */
function nameOf(key: string): string {
  return key.replace(/-{2,}|[<>]/g, "-").trim();
}
