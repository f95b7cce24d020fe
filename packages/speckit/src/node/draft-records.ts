import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DraftRecord } from "../authoring/revise/revise.ts";
import { writeAtomically } from "./write-file.ts";

const RECORDS = ".speckit/drafts.json";

interface Records {
  readonly version: 1;
  readonly files: Readonly<Record<string, DraftRecord>>;
  /** What was asked for, by file: a revision still knows it. */
  readonly prompts: Readonly<Record<string, string>>;
  /** Who drafted a file last, where it was an agent or a model. */
  readonly authors: Readonly<Record<string, string>>;
}

/** What is remembered of a draft. */
export interface SavedDraft {
  readonly record: DraftRecord;
  readonly prompt: string;
  readonly author: string;
}

const OFFLINE = "offline";

/** What was drafted into a file the last time; empty when nobody knows. A damaged record is no record. */
export function readDraftRecord(root: string, file: string): DraftRecord {
  const { files } = readRecords(root);
  return Object.hasOwn(files, file) ? (files[file] ?? {}) : {};
}

/** What the file was asked for with; empty when nobody knows. */
export function readDraftPrompt(root: string, file: string): string {
  const { prompts } = readRecords(root);
  return Object.hasOwn(prompts, file) ? (prompts[file] ?? "") : "";
}

/** Who drafted the file last. */
export function readDraftAuthor(root: string, file: string): string {
  const { authors } = readRecords(root);
  return Object.hasOwn(authors, file) ? (authors[file] ?? OFFLINE) : OFFLINE;
}

export function saveDraftRecord(root: string, file: string, { record, prompt, author }: SavedDraft): void {
  const { files, prompts, authors } = readRecords(root);
  const { [file]: _, ...others } = authors;
  const records: Records = {
    version: 1,
    files: sorted({ ...files, [file]: record }),
    prompts: prompt === "" ? prompts : { ...prompts, [file]: prompt },
    authors: sorted(author === OFFLINE ? others : { ...others, [file]: author }),
  };
  writeAtomically(join(root, RECORDS), `${JSON.stringify(records, null, 2)}\n`);
}

function sorted<T>(entries: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readRecords(root: string): Records {
  try {
    const read = JSON.parse(readFileSync(join(root, RECORDS), "utf8")) as Partial<Records>;
    const { files, prompts = {}, authors = {} } = read;
    if (read.version === 1 && isTexts(files) && isTexts({ prompts, authors }))
      return { version: 1, files, prompts, authors };
  } catch {
    // Nothing was drafted here yet, or on another machine.
  }
  return { version: 1, files: {}, prompts: {}, authors: {} };
}

function isTexts(files: unknown): files is Records["files"] {
  const isMapping = (value: unknown): value is object =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  return (
    isMapping(files) &&
    Object.values(files).every(
      (record) => isMapping(record) && Object.values(record).every((text) => typeof text === "string"),
    )
  );
}
