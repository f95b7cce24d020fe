import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { folderWith } from "./run-cli.ts";

const bin = fileURLToPath(new URL("../bin/speckit.js", import.meta.url));
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

const api = (title: string) => `openapi: 3.1.0
info: { title: ${title}, version: v1 }
paths: {}
`;
const broken = "openapi: 3.1.0\npaths: [\n";
const orders = "services/order-service/contracts/api-spec.yaml";

/** A program that watches, and what it has said so far. */
function watching(root: string, ...argv: string[]) {
  const child = spawn(process.execPath, [bin, ...argv, "--watch"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  let out = "";
  let err = "";
  let ended: number | null | undefined;
  child.stdout.on("data", (text) => {
    out += String(text);
  });
  child.stderr.on("data", (text) => {
    err += String(text);
  });
  // `exit` comes before all of what was said has.
  child.on("close", (code, signal) => {
    ended = signal === null ? code : -1;
  });
  const until = (what: string, holds: () => boolean) =>
    expect.poll(holds, { timeout: 20_000, interval: 30, message: `${what}\n${out}\n${err}` }).toBe(true);
  return {
    said: () => ({ out, err }),
    answers: () => wholeLines(out).length,
    until,
    ready: () => until("it watches", () => err.includes("Ctrl-C")),
    ended: () => ended,
    stop: (signal: NodeJS.Signals) => child.kill(signal),
  };
}

/** Answers that have been said to their end. */
const wholeLines = (out: string) =>
  out
    .split("\n")
    .slice(0, -1)
    .filter((line) => line.startsWith("{"));

/** What the last answer finds, by rule. */
function rulesIn(out: string): string[] {
  const last = wholeLines(out).at(-1) ?? "";
  return (JSON.parse(last) as { findings: { rule: string }[] }).findings.map(({ rule }) => rule);
}

test("a changed, a removed and a renamed contract are seen, and Ctrl-C ends it well", async () => {
  const root = folderWith({ [orders]: api("Orders") });
  const watch = watching(root, "validate-contracts", "--json");
  await watch.ready();
  // The one comes by another pipe than the other.
  await watch.until("the first answer", () => watch.answers() === 1);
  expect(rulesIn(watch.said().out)).not.toContain("unreadable-file");

  writeFileSync(join(root, orders), broken);
  await watch.until("the broken contract", () => watch.answers() >= 2);
  expect(rulesIn(watch.said().out)).toContain("unreadable-file");

  rmSync(join(root, "services/order-service"), { recursive: true });
  writeFileSync(join(root, "README.md"), "# Shop\n");
  await watch.until("the service is gone", () => watch.said().out.trimEnd().endsWith('"services":[]}'));

  mkdirSync(join(root, "services/order-service/contracts"), { recursive: true });
  writeFileSync(join(root, "draft.txt"), api("Orders"));
  renameSync(join(root, "draft.txt"), join(root, orders));
  await watch.until("it is there again", () =>
    watch
      .said()
      .out.trimEnd()
      .includes('"name":"order-service"', watch.said().out.lastIndexOf('{"schemaVersion"')),
  );

  writeFileSync(join(root, orders), broken);
  await watch.until("the new folder is watched", () => rulesIn(watch.said().out).includes("unreadable-file"));

  watch.stop("SIGINT");
  await watch.until("it has ended", () => watch.ended() !== undefined);
  expect(watch.ended()).toBe(0);
  expect(watch.said().err).not.toContain("bug");
});

test("many writes at once are one change, and a pipe gets no codes of terminals", async () => {
  const root = folderWith({ [orders]: api("Orders") });
  const watch = watching(root, "validate-contracts");
  await watch.ready();
  // It stands still meanwhile: at once is at once on a busy machine too.
  watch.stop("SIGSTOP");
  for (let n = 0; n < 30; n++) writeFileSync(join(root, `services/order-service/note-${n}.md`), "# Note\n");
  watch.stop("SIGCONT");
  await watch.until("the second answer", () => watch.said().out.includes(" changed\n"));
  watch.stop("SIGTERM");
  await watch.until("it has ended", () => watch.ended() !== undefined);
  const { out } = watch.said();
  expect(watch.ended()).toBe(0);
  expect(out.match(/ changed$/gm)?.length).toBeLessThanOrEqual(2);
  expect(out).toContain("note-0.md, services/order-service/note-1.md");
  expect(out).not.toContain("\u001b");
});

test("a configuration that breaks while it is edited is said, and watching goes on", async () => {
  const root = folderWith({ [orders]: api("Orders"), ".speckit.config.json": "{}" });
  const watch = watching(root, "validate-contracts", "--json");
  await watch.ready();
  writeFileSync(join(root, ".speckit.config.json"), "{ ");
  await watch.until("the complaint", () =>
    watch.said().err.includes("speckit: .speckit.config.json changed: .speckit.config.json"),
  );
  writeFileSync(join(root, ".speckit.config.json"), "{}\n");
  await watch.until("it answers again", () => watch.answers() >= 2);
  watch.stop("SIGINT");
  await watch.until("it has ended", () => watch.ended() !== undefined);
  expect(watch.ended()).toBe(0);
});

test("what cannot begin does not watch", async () => {
  const watch = watching(folderWith({}), "validate", "--servce=order-service");
  await watch.until("it has ended", () => watch.ended() !== undefined);
  expect(watch.ended()).toBe(2);
});
