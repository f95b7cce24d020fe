import type { DraftKind } from "../author.ts";
import { Labelled } from "./labelled.ts";
import { leaveOutTasks } from "./left-out.ts";
import { storiesServed, withoutOrphans } from "./orphans.ts";
import { Renumbering } from "./renumbering.ts";
import { type Block, splitBlocks } from "./split-blocks.ts";
import { struck } from "./struck.ts";

/** What the engine itself wrote the last time: key of each piece and its text. Whatever differs from it is a person's. */
export type DraftRecord = Readonly<Record<string, string>>;

export interface BlockChange {
  /** `added`; `changed`, since nobody had touched it; `dropped`; `kept`, though the draft says something else now. */
  readonly kind: "added" | "changed" | "dropped" | "kept";
  /** Its first line. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

export interface Revision {
  readonly text: string;
  readonly changes: readonly BlockChange[];
  readonly record: DraftRecord;
}

/** A document that is new as a whole. */
export function recordOf(kind: DraftKind, text: string): DraftRecord {
  return Object.fromEntries(splitBlocks(kind, text).map((block) => [block.key, trimmed(block)]));
}

/**
 * Brings what a new draft says into a document that stands. What a person wrote or changed stays, ids stay, what is new comes in with the next
 * free number, what is gone is marked. Without a record nobody knows who wrote what: then everything stays, and only new pieces come in.
 * Tasks with the ids in `served` stay out: the document has its own for them.
 */
export function revise(
  kind: DraftKind,
  current: string,
  draft: string,
  record: DraftRecord,
  served: ReadonlySet<string> = new Set(),
): Revision {
  const old = splitBlocks(kind, current);
  const { fresh, left } = leaveOutTasks(splitBlocks(kind, draft), old, record, served);
  // A phase without tasks was not drafted: it comes in when it has one.
  const known = left.flatMap((block) => {
    const own = record[block.key] ?? (block.kind === "task" ? trimmed(block) : undefined);
    return own === undefined ? [] : [[block.key, own]];
  });
  const revision = reviseBlocks(old, fresh, record);
  return { ...revision, record: { ...Object.fromEntries(known), ...revision.record } };
}

/** The same for a document that is divided already. */
export function reviseBlocks(
  old: readonly Block[],
  drafted: readonly Block[],
  record: DraftRecord,
): Revision {
  const fresh = withoutOrphans(drafted, old, record);
  const result = old.map((block) => ({ block, text: block.text }));
  const next: Record<string, string> = {};
  const dropped = markDropped(result, new Set(fresh.map(({ key }) => key)), record, next);
  const numbering = new Renumbering(old, fresh, record);
  const brought = bringIn(result, fresh, numbering, record, next);
  return { text: tidy(result.map(({ text }) => text)), changes: [...dropped, ...brought], record: next };
}

/** A piece of the document that is being revised. */
interface Entry {
  readonly block: Block;
  text: string;
}

/** Marks what nobody touched and the draft no longer has. */
function markDropped(
  result: readonly Entry[],
  drafted: ReadonlySet<string>,
  record: DraftRecord,
  next: Record<string, string>,
): BlockChange[] {
  const changes: BlockChange[] = [];
  const isGone = ({ key, ...block }: Block) =>
    !drafted.has(key) && record[key] !== undefined && record[key] === block.text.trimEnd();
  // A story that a person wrote still has its requirement.
  const stories = result.flatMap(({ block }) =>
    block.kind === "story" && !isGone(block) && struck(block) !== block.text ? (block.id ?? []) : [],
  );
  const servesOne = (block: Block) => storiesServed(block).some((id) => stories.includes(id));
  for (const [index, entry] of result.entries()) {
    const { block } = entry;
    const own = record[block.key];
    if (own !== undefined) next[block.key] = own;
    if (!isGone(block)) continue;
    if (block.kind === "requirement" && servesOne(block)) continue;
    const after = struck(block);
    if (after === block.text) continue;
    entry.text = after;
    next[block.key] = after.trimEnd();
    if (after === "") {
      delete next[block.key];
      leaveBlankLine(result.slice(0, index), block);
    }
    changes.push(change("dropped", block.text, after));
  }
  return changes;
}

/** The blank line that ended a list ends it still when the last item is gone. */
function leaveBlankLine(before: readonly Entry[], { text }: Block): void {
  const last = before.findLast((entry) => entry.text !== "");
  if (last) last.text = last.text.trimEnd() + text.slice(text.trimEnd().length);
}

/** Brings in what the draft says: into pieces that nobody touched, and new ones each behind what precedes it. */
function bringIn(
  result: Entry[],
  fresh: readonly Block[],
  numbering: Renumbering,
  record: DraftRecord,
  next: Record<string, string>,
): BlockChange[] {
  const changes: BlockChange[] = [];
  const isKnown = Object.keys(record).length > 0;
  let anchor = -1;
  let phase: string | undefined;
  const lists = new Labelled();
  for (const [order, block] of fresh.entries()) {
    const text = numbering.apply(block);
    const at = result.findIndex((entry) => entry.block.key === block.key);
    const standing = result[at];
    lists.pass(block, standing?.block);
    if (block.kind === "phase") phase = standing ? block.key : undefined;
    if (standing) {
      // A task may stand in another phase than the draft has it in; what follows it there does not.
      if (block.kind !== "task" || phase === undefined || phaseAt(result, at) === phase) anchor = at;
      changes.push(...bringInto(standing, block, text, record, next));
      continue;
    }
    // It was drafted before and is gone: a person took it out, or gave it another name.
    if (record[block.key] !== undefined) {
      next[block.key] = record[block.key] ?? "";
      continue;
    }
    // Lines have no name of their own; without a record a new one may be an old one in other words.
    if (!isKnown && (block.kind === "line" || block.kind === "preamble")) continue;
    if (block.kind === "phase") phase = block.key;
    const place =
      block.kind === "phase" && !isKnown
        ? beforeNext(result, fresh.slice(order))
        : (lists.placeFor(result, block) ?? placeFor(result, block, anchor));
    if (place === "nowhere") continue;
    anchor = place;
    const before = result.slice(0, anchor).findLast((entry) => entry.text !== "");
    result.splice(anchor, 0, { block, text: closeUp(before, block, text) });
    next[block.key] = text.trimEnd();
    changes.push(change("added", "", text));
  }
  return changes;
}

/** Brings what the draft says of a piece into it, unless a person wrote it. */
function bringInto(
  entry: Entry,
  block: Block,
  text: string,
  record: DraftRecord,
  next: Record<string, string>,
): BlockChange[] {
  const standing = entry.block;
  const own = record[block.key];
  if (trimmed(standing) === text.trimEnd()) {
    next[block.key] = text.trimEnd();
    return [];
  }
  if (own !== undefined && own === trimmed(standing)) {
    entry.text = withTail(text, entry.text);
    next[block.key] = text.trimEnd();
    return [change("changed", standing.text, text)];
  }
  return own !== text.trimEnd() && block.kind !== "preamble" ? [change("kept", standing.text, text)] : [];
}

/** The phase, or the section of a person's, in which a piece stands. */
function phaseAt(result: readonly Entry[], at: number): string | undefined {
  return result.slice(0, at).findLast(({ block: { kind } }) => kind === "phase" || kind === "section")?.block
    .key;
}

/** A phase that is new in the list of somebody who has other phases: before the one that follows it in the draft, mostly the last. */
function beforeNext(result: readonly Entry[], following: readonly Block[]): number {
  const phases = new Set(following.flatMap(({ kind, key }) => (kind === "phase" ? key : [])));
  const at = result.findIndex(({ block }) => phases.has(block.key));
  return at < 0 ? result.length : at;
}

/** Behind what precedes it in the draft, and behind what a person put there of the same kind. */
function placeFor(result: readonly { block: Block }[], block: Block, anchor: number): number {
  let at = anchor + 1;
  if (block.kind === "section" || block.kind === "phase") {
    while (at < result.length && !["section", "phase"].includes(result[at]?.block.kind ?? "")) at++;
    return at;
  }
  while (at < result.length && result[at]?.block.kind === block.kind) at++;
  return at;
}

/** What stands line by line has no blank line within; the one that ended the list ends it behind what is new. */
function closeUp(before: { text: string } | undefined, { kind }: Block, text: string): string {
  const tail = before?.text.slice(before.text.trimEnd().length) ?? "";
  if (!before || tail === "" || !["row", "line", "requirement"].includes(kind)) return text;
  before.text = before.text.trimEnd();
  return text.trimEnd() + tail;
}

function trimmed({ text }: Block): string {
  return text.trimEnd();
}

/** The blank lines behind a piece belong to the document. */
function withTail(text: string, standing: string): string {
  return text.trimEnd() + standing.slice(standing.trimEnd().length);
}

function change(kind: BlockChange["kind"], before: string, after: string): BlockChange {
  const [name = ""] = (kind === "dropped" ? before : after).trim().split("\n");
  return {
    kind,
    name: name
      .replace(/^#+\s*/, "")
      .replace(/^- (?:~~)?\*\*((?:FR|SC)-\d+)\*\*:.*$|^\|\s*([^|]+?)\s*\|.*$/, "$1$2"),
    before: before.trimEnd(),
    after: after.trimEnd(),
  };
}

function tidy(texts: readonly string[]): string {
  const kept = texts.filter((text) => text !== "");
  const joined = kept.reduce((all, text) => {
    if (all === "") return text;
    const isHeading = /^#{1,4} /.test(text);
    return `${all}${isHeading && !all.endsWith("\n") ? "\n" : ""}\n${text}`;
  }, "");
  return `${joined.trimEnd()}\n`;
}
