import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning, makeFolder } from "./write-file.ts";

/** A claim takes milliseconds; one that is older was left behind by a run that was killed. */
const STALE_MS = 10_000;
const numbered = /^(\d{3,})-/;

/** In a folder that was just made: whose run writes its specification. */
const DRAFTING = ".drafting";

/** Folders `NNN-slug` below `specs` without a spec.md and that nobody is about to write into, the lowest number first. */
export function openFeatures(specs: string): string[] {
  return foldersIn(specs).filter((name) => {
    const files = filesIn(join(specs, name));
    return (
      !files.includes("spec.md") && !(files.includes(DRAFTING) && isBeingWritten(join(specs, name, DRAFTING)))
    );
  });
}

/** Lets go of a folder that was claimed; one in which nothing was written is removed, so that its number is free again. */
export function releaseFeature(dir: string): void {
  if (!filesIn(dir).includes(DRAFTING)) return;
  rmSync(join(dir, DRAFTING), { force: true });
  if (filesIn(dir).length === 0) rmdirSync(dir);
}

function isBeingWritten(marker: string): boolean {
  try {
    const pid = Number(readFileSync(marker, "utf8"));
    return Number.isInteger(pid) && pid > 0 && isRunning(pid);
  } catch {
    return false;
  }
}

/**
 * Makes the folder with the next free number and returns its name. Of two runs at once each gets a number of its own: making a folder succeeds for
 * one of them only, and numbers are read again while the claim is held.
 */
export async function claimFeature(specs: string, slug: string): Promise<string> {
  makeFolder(specs);
  const claim = join(specs, ".claim");
  while (!makes(claim)) {
    if (isStale(claim)) removeClaim(claim);
    else await sleep(20);
  }
  try {
    const numbers = foldersIn(specs).map((name) => Number(numbered.exec(name)?.[1]));
    const name = `${String(Math.max(0, ...numbers) + 1).padStart(3, "0")}-${slug}`;
    const temporary = join(specs, `.${name}.${process.pid}.tmp`);
    mkdirSync(temporary);
    writeFileSync(join(temporary, DRAFTING), String(process.pid));
    renameSync(temporary, join(specs, name));
    return name;
  } finally {
    removeClaim(claim);
  }
}

function makes(dir: string): boolean {
  try {
    mkdirSync(dir);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isStale(claim: string): boolean {
  const stat = statSync(claim, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > STALE_MS;
}

function removeClaim(claim: string): void {
  try {
    rmdirSync(claim);
  } catch {
    // Somebody else found it stale, too.
  }
}

function foldersIn(dir: string): string[] {
  return filesIn(dir)
    .filter(
      (name) => numbered.test(name) && statSync(join(dir, name), { throwIfNoEntry: false })?.isDirectory(),
    )
    .sort();
}

function filesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}
