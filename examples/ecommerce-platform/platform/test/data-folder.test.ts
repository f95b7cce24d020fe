import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clearAway, DataFolderInUse, DataFolderUnusable, openDataFolder } from "../src/data-folder.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "shop-folder-")), "data");
});
afterEach(() => fs.rmSync(path.dirname(dataDir), { recursive: true, force: true }));

const lock = () => path.join(dataDir, "platform.lock");

function leave(text: string): void {
  fs.mkdirSync(dataDir, { recursive: true });
  fs.writeFileSync(lock(), text);
}

describe("a data folder", () => {
  test("belongs to one platform until that lets it go", async () => {
    const mine = await openDataFolder(dataDir);
    await expect(openDataFolder(dataDir)).rejects.toThrow(DataFolderInUse);
    mine.release();
    expect(fs.existsSync(lock())).toBe(false);
    (await openDataFolder(dataDir)).release();
  });

  test("tells who has it and what to do", async () => {
    const mine = await openDataFolder(dataDir);
    await expect(openDataFolder(dataDir)).rejects.toThrow(
      `Another platform (process ${process.pid}) works on ${dataDir}. Stop it first, or choose another folder with --data.`,
    );
    mine.release();
  });

  test.each([
    { given: "a file", below: "", says: "is a file. Choose another folder with --data." },
    { given: "something below a file", below: "/shop", says: "lies below a file." },
  ])("that is $given is refused", async ({ below, says }) => {
    fs.writeFileSync(dataDir, "tea");
    const opening = openDataFolder(`${dataDir}${below}`);
    await expect(opening).rejects.toThrow(DataFolderUnusable);
    await expect(opening).rejects.toThrow(says);
  });

  test("is closed to others", async () => {
    (await openDataFolder(dataDir)).release();
    expect(fs.statSync(dataDir).mode & 0o077).toBe(0);
  });

  test("is waited for when its platform is about to end", async () => {
    const mine = await openDataFolder(dataDir);
    mine.announceEnd();
    const waiting = openDataFolder(dataDir);
    setTimeout(() => mine.release(), 2000);
    (await waiting).release();
  });

  test("says whose it is at every moment, also while its end is announced", async () => {
    const mine = await openDataFolder(dataDir);
    const before = fs.readFileSync(lock(), "utf8");
    // Who has opened the file goes on to read what it said then.
    const opened = fs.openSync(lock(), "r");
    mine.announceEnd();
    expect(fs.readFileSync(opened, "utf8")).toBe(before);
    fs.closeSync(opened);
    expect(JSON.parse(fs.readFileSync(lock(), "utf8"))).toEqual({ ...JSON.parse(before), ending: true });
    mine.release();
    expect(fs.readdirSync(dataDir)).toEqual([]);
  });

  test("that somebody took in the moment before is theirs", () => {
    leave("of the one who was faster");
    expect(clearAway(lock(), "of a process that was killed")).toBe(false);
    expect(fs.readFileSync(lock(), "utf8")).toBe("of the one who was faster");
    expect(clearAway(lock(), "of the one who was faster")).toBe(true);
    expect(clearAway(lock(), "of the one who was faster")).toBe(false);
    expect(fs.readdirSync(dataDir)).toEqual([]);
  });

  test("is given to one of many who want it at once", async () => {
    leave(JSON.stringify({ id: "left", pid: 4_000_000, startedAt: "1", ending: false }));
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => openDataFolder(dataDir)));
    const winners = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
    expect(winners).toHaveLength(1);
    winners[0]?.release();
  });

  test("is not let go by one who lost it", async () => {
    const mine = await openDataFolder(dataDir);
    leave(JSON.stringify({ id: "another", pid: process.pid, startedAt: "1", ending: false }));
    mine.release();
    expect(fs.existsSync(lock())).toBe(true);
  });
});

describe("a lock that was left is taken over", () => {
  test("of a process that was killed", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    child.kill("SIGKILL");
    await once(child, "exit");
    leave(JSON.stringify({ id: "left", pid: child.pid, startedAt: "1", ending: false }));
    (await openDataFolder(dataDir)).release();
  });

  test("of a process whose number belongs to another by now", async () => {
    leave(JSON.stringify({ id: "left", pid: process.pid, startedAt: "before", ending: false }));
    (await openDataFolder(dataDir)).release();
  });

  test.each(["", "{", "null"])("that holds %j", async (text) => {
    leave(text);
    (await openDataFolder(dataDir)).release();
  });
});
