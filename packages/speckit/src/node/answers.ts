import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { engineId } from "./engine-id.ts";
import { SUPPRESSIONS_FILE } from "./suppressions-file.ts";
import type { FileTree } from "./walk.ts";
import { writeAtomically } from "./write-file.ts";

/** What a command printed, and how it ended. */
export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Everything that an answer depends on, as one short text. */
export interface Question {
  readonly key: string;
  /** Whether the key can be trusted later: a file written just now may change again without a change of its time stamp. */
  readonly settled: boolean;
}

const FILE = ".speckit/cache/answers.json";
/** Answers kept, the newest ones. */
const MOST = 30;
/** Larger answers are rare, and reading them would slow down all others. */
const MOST_CHARACTERS = 1_000_000;

/**
 * The question that `asked` (command, options, day, …) is of a tree as it is now: name, size and both time stamps of each file. The second stamp
 * changes whenever a file is written, whatever tools do to the first. Undefined when run from sources, which may change at any time.
 */
export function questionOf(root: string, tree: FileTree, asked: unknown, now: number): Question | undefined {
  const engine = engineId();
  if (engine === undefined) return undefined;
  const hash = createHash("sha256").update(JSON.stringify([engine, asked, tree.problems, tree.nested]));
  let newest = 0;
  for (const file of [...tree.files, SUPPRESSIONS_FILE]) {
    const stat = statSync(join(root, file), { throwIfNoEntry: false });
    hash.update(`${file}\0${stat?.size} ${stat?.mtimeMs} ${stat?.ctimeMs}\n`);
    newest = Math.max(newest, stat?.mtimeMs ?? 0, stat?.ctimeMs ?? 0);
  }
  return { key: hash.digest("hex"), settled: newest < now - 2000 };
}

/** The answer given to a question before; undefined when there was none, or it is older than the configuration allows. Never throws. */
export function recall(
  root: string,
  { key }: Question,
  retentionDays: number,
  now: number,
): Answer | undefined {
  try {
    if (now - statSync(join(root, FILE)).mtimeMs > retentionDays * 86_400_000) return undefined;
  } catch {
    return undefined;
  }
  return readAnswers(root).find(([known]) => known === key)?.[1];
}

/** Keeps an answer for the next run that asks the same. One that cannot be written is done without. */
export function remember(root: string, { key, settled }: Question, answer: Answer): void {
  if (!settled || answer.out.length > MOST_CHARACTERS) return;
  const others = readAnswers(root).filter(([known]) => known !== key);
  try {
    writeAtomically(join(root, FILE), JSON.stringify([...others, [key, answer]].slice(-MOST)));
  } catch {
    // As with the documents: the next run works it out again.
  }
}

function readAnswers(root: string): (readonly [string, Answer])[] {
  try {
    const stored: unknown = JSON.parse(readFileSync(join(root, FILE), "utf8"));
    return Array.isArray(stored) ? stored.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(entry: unknown): entry is readonly [string, Answer] {
  if (!Array.isArray(entry)) return false;
  const [key, answer] = entry as unknown[];
  return (
    typeof key === "string" &&
    typeof answer === "object" &&
    answer !== null &&
    "out" in answer &&
    typeof answer.out === "string" &&
    "err" in answer &&
    typeof answer.err === "string" &&
    "code" in answer &&
    (answer.code === 0 || answer.code === 1)
  );
}
