import { createHash } from "node:crypto";
import { readFileSync, rmdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import {
  MANIFEST_FILE,
  parseManifest,
  renderManifest,
  type SetupManifest,
} from "../../authoring/setup/manifest.ts";
import { type McpPlace, registerMcp } from "../../authoring/setup/mcp-registration.ts";
import {
  outdatedFiles,
  type PlannedFile,
  type Present,
  type ReconcileOptions,
  reconcile,
  type SetupAction,
} from "../../authoring/setup/reconcile.ts";
import { writeAtomically } from "../write-file.ts";
import { pathBelow, statOf } from "./safe-path.ts";

/** What is to be there below one folder. */
export interface Setup extends ReconcileOptions {
  readonly base: string;
  readonly files: readonly PlannedFile[];
  readonly registrations: readonly McpPlace[];
  /** Folders in which commands stand that may be outdated. */
  readonly commandFolders: readonly string[];
  readonly manifest: Omit<SetupManifest, "files" | "offered">;
}

/** What happened to a file, or would. */
export interface SetupStep {
  readonly path: string;
  readonly action: SetupAction;
  /** The new version, or with `replaced` the old one. */
  readonly beside?: string | undefined;
  /** Why it was kept, where that is not because somebody changed it. */
  readonly reason?: "foreign" | "unreadable";
  readonly owner: PlannedFile["owner"];
}

/** A step with the texts to write for it. */
interface Move extends SetupStep {
  readonly hash: string;
  readonly writes: readonly { readonly path: string; readonly content: string | Uint8Array }[];
}

/** The manifest of a folder; undefined when there is none that can be read. */
export function readManifest(base: string): SetupManifest | undefined {
  const path = pathBelow(base, MANIFEST_FILE);
  return statOf(path)?.isFile() ? parseManifest(readFileSync(path, "utf8")) : undefined;
}

/**
 * Brings a folder to what is planned, or with `dryRun` only says how. Every file is written in one step and the manifest last, so that a run that was
 * interrupted leaves nothing half-written, and the next one goes on.
 * @throws SetupRefused before anything is written, when a path leads out of the folder
 */
export function applySetup(setup: Setup, dryRun: boolean): SetupStep[] {
  const before = readManifest(setup.base);
  const moves = [
    ...setup.files.map((file) => moveOf(file, setup, before)),
    ...setup.registrations.map((place) => registration(place, setup.base)),
  ];
  const outdated = removals(setup, before);
  const removed = outdated.filter(({ action }) => action === "removed");
  if (!dryRun) {
    for (const { writes } of moves) for (const { path, content } of writes) writeAtomically(path, content);
    for (const { path } of removed) remove(pathBelow(setup.base, path), setup.base);
    writeManifest(setup, moves, removed, before);
  }
  return [...moves.map(({ hash: _, writes: __, ...step }) => step), ...outdated];
}

function moveOf(file: PlannedFile, setup: Setup, before: SetupManifest | undefined): Move {
  const path = pathBelow(setup.base, file.path);
  const hash = hashOf(file.content);
  const known = {
    written: ownValue(before?.files, file.path),
    offered: ownValue(before?.offered, file.path),
  };
  const { action, beside } = reconcile(file, hash, presentAt(path), known, setup);
  const isWritten = action === "created" || action === "updated" || action === "replaced";
  const move = { path: file.path, action, owner: file.owner, hash };
  const own = { path, content: file.content };
  if (beside === undefined)
    return {
      ...move,
      writes: isWritten ? [own] : [],
      ...(action === "kept" && known.written === undefined ? { reason: "foreign" as const } : {}),
    };
  const [content, suffix, replaces] =
    beside === "new" ? [file.content, "new", known.offered] : [readFileSync(path), "old", undefined];
  const free = freePath(path, suffix, hashOf(content), replaces);
  const aside = { path: free, content };
  return {
    ...move,
    beside: `${file.path}${free.slice(path.length)}`,
    writes: beside === "new" ? [aside] : [aside, own],
  };
}

/** A name beside a file where nothing stands, or the same already, or what was offered before and is outdated. */
function freePath(path: string, suffix: string, hash: string, replaces: string | undefined): string {
  for (let number = 1; ; number++) {
    const free = `${path}.${suffix}${number === 1 ? "" : `-${number}`}`;
    const present = presentAt(free);
    if (present.kind === "absent") return free;
    if (present.kind === "file" && (present.hash === hash || present.hash === replaces)) return free;
  }
}

function registration(place: McpPlace, base: string): Move {
  const path = pathBelow(base, place.file);
  const isThere = statOf(path) !== undefined;
  const step = { path: place.file, owner: "person", hash: "", writes: [] } as const;
  if (isThere && !statOf(path)?.isFile()) return { ...step, action: "kept", reason: "unreadable" };
  const result = registerMcp(place, isThere ? readFileSync(path, "utf8") : undefined);
  if (result.kind === "unreadable") return { ...step, action: "kept", reason: "unreadable" };
  if (result.kind === "present") return { ...step, action: "unchanged" };
  return { ...step, action: isThere ? "updated" : "created", writes: [{ path, content: result.text }] };
}

function removals({ base, files, commandFolders }: Setup, before: SetupManifest | undefined): SetupStep[] {
  const planned = new Set(files.map(({ path }) => path));
  return outdatedFiles(Object.keys(before?.files ?? {}), planned, commandFolders).flatMap(
    (path): SetupStep[] => {
      const present = presentAt(pathBelow(base, path));
      if (present.kind !== "file") return [];
      const isOurs = present.hash === before?.files[path];
      return [{ path, action: isOurs ? "removed" : "kept", owner: isOurs ? "speckit" : "person" }];
    },
  );
}

/** Removes a command, and its folder when it was a skill's and nothing else is in it. */
function remove(path: string, base: string): void {
  rmSync(path);
  try {
    if (path.endsWith("/SKILL.md") && dirname(path) !== base) rmdirSync(dirname(path));
  } catch {
    // A person keeps something beside it.
  }
}

/** What was written stays known while it is there, also of agents that are not asked for any more. */
function writeManifest(
  { base, manifest, files: planned }: Setup,
  moves: readonly Move[],
  removed: readonly SetupStep[],
  before: SetupManifest | undefined,
): void {
  const gone = new Set(removed.map(({ path }) => path));
  const files = Object.fromEntries(Object.entries(before?.files ?? {}).filter(([path]) => !gone.has(path)));
  const offered: Record<string, string> = { ...before?.offered };
  const isOurs = new Set(planned.filter(({ owner }) => owner === "speckit").map(({ path }) => path));
  for (const { path, action, hash, beside } of moves) {
    if (!isOurs.has(path)) continue;
    if (action !== "kept") {
      files[path] = hash;
      delete offered[path];
    } else if (beside !== undefined) offered[path] = hash;
  }
  const path = pathBelow(base, MANIFEST_FILE);
  const text = renderManifest({ ...manifest, files, offered });
  if (!statOf(path)?.isFile() || readFileSync(path, "utf8") !== text) writeAtomically(path, text);
}

export function presentAt(path: string): Present {
  const stat = statOf(path);
  if (stat === undefined) return { kind: "absent" };
  return stat.isFile() ? { kind: "file", hash: hashOf(readFileSync(path)) } : { kind: "other" };
}

/** Line ends do not count: git changes them on its way between machines. */
export function hashOf(content: string | Uint8Array): string {
  const text = Buffer.from(content).toString("latin1").replaceAll("\r\n", "\n");
  return createHash("sha256").update(text, "latin1").digest("hex");
}

function ownValue(record: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
