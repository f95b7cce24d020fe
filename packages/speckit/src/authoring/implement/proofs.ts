import type { Task } from "../../model/task-list.ts";
import { type CommandLine, isServer, readCommand } from "./command-line.ts";
import { comesBeforeCode, isTestFirst, isTestTask, testFilesOf } from "./task-kind.ts";
import { runsTests, testCommandFor } from "./test-run.ts";

/** What decides how a task is tried, beside the task itself. */
export interface ProofFacts {
  /** Names of packages that the manifests of its service list. */
  readonly packages: ReadonlySet<string>;
  /** The whole list. */
  readonly tasks: readonly Task[];
}

/** One thing that shows that a task is done. */
export type Proof =
  | {
      readonly kind: "command";
      readonly text: string;
      readonly line: CommandLine;
      /** It goes on by itself: that it stays up is enough. */
      readonly staysUp: boolean;
      /** `fails`: a test that must not pass yet. */
      readonly must: "pass" | "fail";
      /** Whose it is: the document's, or found out from the files of tests. */
      readonly from: "document" | "tests";
    }
  | {
      readonly kind: "request";
      readonly text: string;
      readonly method: "GET" | "HEAD";
      readonly path: string;
      /** Statuses that are right; empty: any from 200 to 299. */
      readonly statuses: readonly number[];
    }
  /** Nothing here can be tried: somebody has to say so. */
  | { readonly kind: "word"; readonly text: string };

/** What has to be shown for a task, in order. `part` is `tests` while the tests of a test-first task are to be seen failing. */
export function proofsOf(task: Task, part: "tests" | "whole", facts: ProofFacts): Proof[] {
  if (part === "tests") return testCommandsOf(task, facts).map((text) => commandProof(text, "fail", "tests"));
  const mustFail = comesBeforeCode(task, facts.tasks);
  const { acceptance } = task;
  const stated = (acceptance?.commands ?? []).map((text) =>
    commandProof(text, mustFail && runsTests(text) ? "fail" : "pass", "document"),
  );
  const found = isTestTask(task) || isTestFirst(task) ? testCommandsOf(task, facts) : [];
  const own = found
    .filter((text) => !stated.some((proof) => proof.text === text))
    .map((text) => commandProof(text, mustFail ? "fail" : "pass", "tests"));
  const requests = requestProofs(task);
  const all = [...own, ...stated, ...requests];
  const isSaid = acceptance !== undefined && !isAllTried(acceptance, stated.length + requests.length);
  if (all.length > 0 && !isSaid) return all;
  return [...all, { kind: "word", text: acceptance?.text ?? task.title }];
}

/** The commands that run a task's tests: those that its acceptance names, else one for each of its files of tests. */
function testCommandsOf(task: Task, { packages }: ProofFacts): string[] {
  const named = (task.acceptance?.commands ?? []).filter(runsTests);
  if (named.length > 0) return named;
  return [...new Set(testFilesOf(task).flatMap((file) => testCommandFor(file, packages) ?? []))];
}

function commandProof(text: string, must: "pass" | "fail", from: "document" | "tests"): Proof {
  return { kind: "command", text, line: readCommand(text), staysUp: isServer(text), must, from };
}

function requestProofs({ acceptance }: Task): Proof[] {
  const { text: said = "", requests = [] } = acceptance ?? {};
  const ends: number[] = [];
  for (const { path = "" } of requests) {
    const from = ends.at(-1) ?? 0;
    ends.push(Math.max(from, said.indexOf(path, from)) + path.length);
  }
  return requests.flatMap(({ method, path }, index): Proof[] => {
    if ((method !== "GET" && method !== "HEAD") || path === undefined || /[{}<>:*\s]/.test(path)) return [];
    // What stands behind a request is about it, unless nothing stands there.
    const next = requests[index + 1]?.path ?? "";
    const own = statusesIn(
      said.slice(ends[index], (ends[index + 1] ?? said.length + next.length) - next.length),
    );
    const statuses = own.length > 0 ? own : statusesIn(said);
    return [{ kind: "request", text: `${method} ${path}`, method, path, statuses }];
  });
}

/** Three digits that are a limit, or so many of something, are no status: "within 500 ms". */
const status =
  /(?<![\w.:/-])(?<!\b(?:under|within|below|above|over|up to|most|least|than)\s|[<>≤≥]\s?)([1-5]\d\d)(?![\w%]|[.:/]\d)(?!\s*(?:(?:ms|milliseconds?|s|secs?|seconds?|min|minutes?|[kmg]i?b|bytes?|requests?|users?|items?|entries|rows|records|times|char\w*|tokens?|lines?|connections?|per|rps)\b|毫秒|ミリ秒|秒))/gi;

function statusesIn(text: string): number[] {
  return Array.from(text.matchAll(status), ([, digits]) => Number(digits));
}

/** Whether an acceptance says nothing beside what can be tried: "Can run `npm start`", "GET /health returns service status". */
function isAllTried({ text, requests, commands }: NonNullable<Task["acceptance"]>, tried: number): boolean {
  if (tried === 0) return false;
  if (tried < requests.length + commands.length) return false;
  return text.split(/[;；]\s*|\.\s+(?=\p{Lu})/u).length <= tried;
}
