import { type BlockChange, type DraftRecord, type Revision, reviseBlocks } from "../revise/revise.ts";
import type { Block } from "../revise/split-blocks.ts";
import { aiDoc } from "./ai-doc.ts";
import { type DocumentName, divide } from "./divide.ts";
import { type Facts, factsOf } from "./facts.ts";
import { quickRef } from "./quick-ref.ts";
import { coversSeals, type Hash, readSeals, recordFrom, sealsText, withoutLayout } from "./seals.ts";
import type { Subject } from "./subject.ts";

export interface GenerateOptions {
  /** Most tokens of quick-ref.md. */
  readonly target: number;
  /** Tokens of a text. */
  readonly count: (text: string) => number;
  readonly hash: Hash;
  /** Writes anew what a person wrote, too. */
  readonly force: boolean;
}

/** A document as it should be. */
export interface GeneratedDocument {
  readonly name: DocumentName;
  readonly text: string;
  /** Without the seals. */
  readonly shown: string;
  readonly tokens: number;
  readonly outcome: "written" | "revised" | "unchanged";
  readonly changes: readonly BlockChange[];
  /** Lines that did not fit. */
  readonly leftOut: number;
}

/** The documents that stand; undefined where there is none. */
export type Standing = Readonly<Record<DocumentName, string | undefined>>;

/**
 * Both documents of a feature, from what is known now. A section that a person wrote or changed stays as it is, and one that a person took out
 * stays out; where nobody knows who wrote a section, it counts as a person's.
 */
export function generateDocuments(
  subject: Subject,
  standing: Standing,
  options: GenerateOptions,
): GeneratedDocument[] {
  const { hash, count } = options;
  const facts = factsOf(subject);
  const sealed = readSeals(standing["ai-doc.md"] ?? "");
  const recordOf = (name: DocumentName, blocks: readonly Block[]) =>
    options.force ? undefined : recordFrom(sealed.seals, name, blocks, hash);
  const ref = revisedQuickRef(facts, standing["quick-ref.md"] ?? "", recordOf, options);
  const doc = revised("ai-doc.md", sealed.text, divide("ai-doc.md", aiDoc(facts)), recordOf);
  const seals = sealsText({ "quick-ref.md": ref.record, "ai-doc.md": doc.record }, hash);
  const isSealed = coversSeals(sealed.seals, readSeals(seals).seals);
  const documentOf = (
    name: DocumentName,
    { text, changes }: Revision,
    end: string,
    leftOut: number,
  ): GeneratedDocument => {
    const before = standing[name];
    const own = name === "ai-doc.md" ? sealed.text : (before ?? "");
    const isSame = before !== undefined && withoutLayout(own) === withoutLayout(text);
    const outcome = isSame ? "unchanged" : before === undefined ? "written" : "revised";
    const whole = isSame && (end === "" || isSealed) ? before : (isSame ? own : text) + end;
    return { name, text: whole, shown: text, tokens: count(text), outcome, changes, leftOut };
  };
  return [documentOf("quick-ref.md", ref, "", ref.leftOut), documentOf("ai-doc.md", doc, seals, 0)];
}

/** What is known of the sections of a document; undefined when nothing of it is to stay. */
type RecordOf = (name: DocumentName, blocks: readonly Block[]) => DraftRecord | undefined;

function revised(name: DocumentName, current: string, draft: readonly Block[], recordOf: RecordOf): Revision {
  const old = divide(name, current);
  const laidOut = draft.map((block) => asLaidOut(block, old));
  const record = recordOf(name, [...old, ...laidOut]);
  if (record !== undefined && current.trim() !== "") return reviseBlocks(old, laidOut, record);
  return {
    text: draft.map(({ text }) => text).join("\n"),
    changes: [],
    record: Object.fromEntries(draft.map(({ key, text }) => [key, text.trimEnd()])),
  };
}

/**
 * Sections that a person wrote stand, and the others are made to fit beside them. Those that say what would be generated anyway are nobody's in
 * particular.
 */
function revisedQuickRef(
  facts: Facts,
  current: string,
  recordOf: RecordOf,
  { target, count }: GenerateOptions,
): Revision & { readonly leftOut: number } {
  const name = "quick-ref.md";
  const alone = quickRef(facts, target, count, new Map());
  const fresh = divide(name, alone.text);
  const persons = personsSections(divide(name, current), fresh, recordOf);
  if (persons.size === 0) return { ...revised(name, current, fresh, recordOf), leftOut: alone.leftOut };
  const beside = quickRef(facts, target, count, persons);
  const revision = revised(name, current, divide(name, beside.text), recordOf);
  // A person's words stand in the draft too, but nobody generated them.
  const before = recordOf(name, divide(name, current)) ?? {};
  const record = Object.entries(revision.record).flatMap(([key, text]): [string, string][] => {
    const known = before[key];
    return !persons.has(key) ? [[key, text]] : known === undefined ? [] : [[key, known]];
  });
  const kept = fresh.flatMap(({ key, text }): BlockChange[] => {
    const own = persons.get(key) ?? "";
    if (own === "") return [];
    const [title = ""] = text.split("\n");
    return [{ kind: "kept", name: title, before: own, after: text.trimEnd() }];
  });
  return {
    ...revision,
    record: Object.fromEntries(record),
    changes: [...revision.changes, ...kept],
    leftOut: beside.leftOut,
  };
}

/** Sections that stand and are not the sealed ones, by name; empty those that a person took out. */
function personsSections(
  old: readonly Block[],
  fresh: readonly Block[],
  recordOf: RecordOf,
): Map<string, string> {
  const record = recordOf("quick-ref.md", old);
  if (record === undefined || old.every(({ text }) => text.trim() === "")) return new Map();
  const isGenerated = ({ key, text }: Block) =>
    record[key] === text.trimEnd() ||
    fresh.some((block) => block.key === key && withoutLayout(block.text) === withoutLayout(text));
  const persons = old
    .filter((block) => !isGenerated(block))
    .map(({ key, text }) => [key, text.trimEnd()] as const);
  const takenOut = Object.keys(record).filter((key) => !old.some((block) => block.key === key));
  return new Map([...persons, ...takenOut.map((key) => [key, ""] as const)]);
}

/** A section as it stands, when nothing but its layout differs. */
function asLaidOut(block: Block, old: readonly Block[]): Block {
  const standing = old.find(({ key }) => key === block.key);
  return standing && withoutLayout(standing.text) === withoutLayout(block.text)
    ? { ...block, text: standing.text }
    : block;
}
