import { existsSync, lstatSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { FileMark } from "../../authoring/implement/checkpoint.ts";
import { type WriteRules, whyNotWritable } from "../../authoring/implement/writable.ts";
import type { WrittenFile } from "../../authoring/implementer.ts";
import { pathBelow, SetupRefused } from "../setup/safe-path.ts";
import { walk } from "../walk.ts";
import { writeAtomically } from "../write-file.ts";
import { checkpointFolder, hashOf } from "./checkpoints.ts";

/** What becomes of a file that an author wants to write. */
export type FileDecision =
  | { readonly kind: "same"; readonly file: string }
  /** `replaces`: whose words stand there now. */
  | {
      readonly kind: "write";
      readonly file: string;
      readonly text: string;
      readonly replaces: "nothing" | "its own" | "a person's";
    }
  /** A person wrote what stands there. */
  | { readonly kind: "keep"; readonly file: string }
  | { readonly kind: "refuse"; readonly file: string; readonly why: string };

export interface DecideOptions {
  readonly rules: WriteRules;
  /** Files as this engine wrote them before. */
  readonly ours: readonly FileMark[];
  /** The author has not seen what stands there, and must not write over what a person did. */
  readonly isBlind: boolean;
}

/** Decides about every file before any is written. */
export function decideFiles(
  root: string,
  files: readonly WrittenFile[],
  { rules, ours, isBlind }: DecideOptions,
): FileDecision[] {
  const known = new Set(ours.map(({ file, sha256 }) => `${file}\0${sha256}`));
  return files.map(({ file, text }): FileDecision => {
    const why = whyNotWritable(file, rules) ?? whyNotThere(root, file);
    if (why !== undefined) return { kind: "refuse", file, why };
    const path = pathBelow(root, file);
    if (!existsSync(path)) return { kind: "write", file, text, replaces: "nothing" };
    const stands = readFileSync(path);
    if (stands.equals(Buffer.from(text))) return { kind: "same", file };
    const isOurs = known.has(`${file}\0${hashOf(stands)}`);
    if (isBlind && !isOurs && stands.length > 0) return { kind: "keep", file };
    return { kind: "write", file, text, replaces: isOurs ? "its own" : "a person's" };
  });
}

function whyNotThere(root: string, file: string): string | undefined {
  try {
    const stat = lstatSync(pathBelow(root, file), { throwIfNoEntry: false });
    if (stat?.isSymbolicLink()) return "it is a link";
    return stat === undefined || stat.isFile() ? undefined : "there is a folder of that name";
  } catch (error) {
    if (error instanceof SetupRefused) return "it is outside of the workspace, or a link leads out of it";
    throw error;
  }
}

/** Writes what was decided. What a person wrote is kept beside the checkpoints, so that nothing is lost; returned is where, by file. */
export function writeDecided(
  root: string,
  feature: string,
  task: string,
  decisions: readonly FileDecision[],
): ReadonlyMap<string, string> {
  const kept = new Map<string, string>();
  for (const decision of decisions) {
    if (decision.kind !== "write") continue;
    const path = pathBelow(root, decision.file);
    if (decision.replaces === "a person's")
      kept.set(decision.file, keep(root, keptBefore(feature, task, decision.file), readFileSync(path)));
    writeAtomically(path, decision.text);
  }
  return kept;
}

/** Where what stood in a file before a task is kept. */
function keptBefore(feature: string, task: string, file: string): string {
  return `${checkpointFolder(feature)}/before/${encodeURIComponent(task)}/${file}`;
}

/** Keeps a text beside those that were kept before; returned is the name that it got. */
function keep(root: string, file: string, text: Uint8Array): string {
  for (let round = 1; ; round++) {
    const name = round === 1 ? file : `${file}.${round}`;
    const path = pathBelow(root, name);
    const isThere = existsSync(path);
    if (!isThere) writeAtomically(path, text);
    if (!isThere || readFileSync(path).equals(text)) return name;
  }
}

/** Size and time stamps of every file of a workspace, and of what decides how its repository behaves. */
export type TreeSnapshot = ReadonlyMap<string, string>;

const ofGit = [".git/HEAD", ".git/config", ".git/hooks"];

export function snapshotOf(root: string): TreeSnapshot {
  const snapshot = new Map<string, string>();
  for (const file of [...walk(root).files, ...ofGit]) {
    const stat = statSync(join(root, file), { throwIfNoEntry: false });
    if (stat) snapshot.set(file, `${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`);
  }
  return snapshot;
}

/** Files that were added, changed or removed between two looks, sorted. */
export function changedBetween(before: TreeSnapshot, after: TreeSnapshot): string[] {
  const files = new Set([...before.keys(), ...after.keys()]);
  return [...files].filter((file) => before.get(file) !== after.get(file)).sort();
}
