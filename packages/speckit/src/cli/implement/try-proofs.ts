import { existsSync } from "node:fs";
import { posix } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { FAILED_AS_IT_MUST, type ProofRecord } from "../../authoring/implement/checkpoint.ts";
import type { Proof } from "../../authoring/implement/proofs.ts";
import { judgeTests, runsTests } from "../../authoring/implement/test-run.ts";
import { type CommandEnd, runCommand } from "../../node/implement/run-command.ts";
import { ServerUnreachable, sendTo } from "../../node/send.ts";
import { pathBelow } from "../../node/setup/safe-path.ts";
import { redact } from "../../tokens/redact.ts";
import type { Io } from "../command.ts";
import type { Consent } from "./consent.ts";

/** What trying needs to know. */
export interface Trial {
  readonly root: string;
  /** Folder of the service, where commands run. */
  readonly dir: string;
  readonly env: Io["env"];
  readonly consent: Consent;
  /** Where the service runs, when somebody said so. */
  readonly url: URL | undefined;
  readonly timeoutMs: number;
  /** How long a command that goes on by itself has to stay up. */
  readonly staysUpMs: number;
  readonly signal: AbortSignal;
}

export interface Tried {
  readonly records: readonly ProofRecord[];
  /** What failed, with what the commands said. */
  readonly failures: readonly string[];
  /** What could not be tried, and why: the end of a sentence. */
  readonly untried: readonly { readonly text: string; readonly why: string }[];
  /** What this machine lacks: no author can mend that. */
  readonly lacks: string | undefined;
  readonly isStopped: boolean;
}

const KEPT_OUTPUT = 8000;
const REQUEST_MS = 10_000;

/** Tries what can be tried, in order; the first that fails ends it, what is lacking does not. Nobody's word is taken here. */
export async function tryProofs(proofs: readonly Proof[], trial: Trial): Promise<Tried> {
  const records: ProofRecord[] = [];
  const untried: { text: string; why: string }[] = [];
  let lacks: string | undefined;
  for (const proof of proofs) {
    if (proof.kind === "word") continue;
    const one = proof.kind === "command" ? await tryCommand(proof, trial) : await tryRequest(proof, trial);
    if (one.kind === "proved") records.push(one.record);
    else if (one.kind === "untried") untried.push({ text: proof.text, why: one.why });
    else if (one.kind === "lacks") lacks ??= one.why;
    else
      return {
        records,
        untried,
        failures: one.kind === "failed" ? [one.why] : [],
        lacks,
        isStopped: one.kind === "stopped",
      };
  }
  return { records, untried, failures: [], lacks, isStopped: false };
}

type One =
  | { readonly kind: "proved"; readonly record: ProofRecord }
  | { readonly kind: "failed" | "untried" | "lacks"; readonly why: string }
  | { readonly kind: "stopped" };

async function tryCommand(proof: Proof & { kind: "command" }, trial: Trial): Promise<One> {
  const { text, line, must, staysUp } = proof;
  if (line.kind === "refused")
    return { kind: "untried", why: `it is never run from a document: ${line.why}` };
  const folder = posix.normalize(posix.join(trial.dir, line.folder));
  const cwd = folderBelow(trial.root, folder);
  if (cwd === undefined)
    return { kind: "failed", why: `\`${text}\` wants to run in ${folder}, which is no folder here.` };
  const agreed = await trial.consent(text, folder);
  if (agreed === undefined) return { kind: "stopped" };
  if (!agreed) return { kind: "untried", why: "nobody agreed to run it (--yes agrees)" };
  const end = await runCommand(line.steps, {
    cwd,
    env: trial.env,
    timeoutMs: trial.timeoutMs,
    staysUp: staysUp ? { ms: trial.staysUpMs, ...(await upCheck(trial.url)) } : undefined,
    signal: trial.signal,
  });
  const output = readable(end.output);
  const record = (result: string): One => ({
    kind: "proved",
    record: { by: "command", text, result, ms: end.ms, output },
  });
  const said = output === "" ? "" : `\n${output}`;
  if (end.how === "stopped") return { kind: "stopped" };
  if (end.how === "up") return record("stayed up, and was ended");
  if (end.how === "cut")
    return {
      kind: "failed",
      why: `\`${text}\` did not end within ${Math.round(trial.timeoutMs / 1000)} seconds (--timeout allows more).${said}`,
    };
  if (end.how === "missing" || end.exitCode === 127) {
    const lacks = end.program === undefined ? "something that it runs is" : `'${end.program}' is`;
    return { kind: "lacks", why: `\`${text}\` cannot be run: ${lacks} not installed here.${said}` };
  }
  const unknown = end.exitCode === 0 ? undefined : ownPackageUnknown(output);
  if (unknown !== undefined) return { kind: "lacks", why: `\`${text}\` cannot be run: ${unknown}${said}` };
  return runsTests(text) ? judged(text, must, end, said, record) : ended(text, end, said, record);
}

/** Our own packages may be in no registry yet; where they are to be had, no package manager knows. */
function ownPackageUnknown(output: string): string | undefined {
  const [, name] = /\b404\b[^\n]*@speckit(?:\/|%2f)(service-kit|cli)\b/i.exec(output) ?? [];
  return (
    name &&
    `no registry that is asked here has @speckit/${name}. Pack it from a checkout of speckit and name the file in the package.json of the root (docs/how-to/generate-a-service.md, "Where the packages come from").`
  );
}

export const PASSES_ALREADY = "passes already.";

/** Of tests it is not enough that the program failed: they have to be there, and to be run. */
function judged(
  text: string,
  must: "pass" | "fail",
  end: CommandEnd,
  said: string,
  record: (result: string) => One,
): One {
  const verdict = judgeTests(end);
  if (verdict === "no-runner")
    return { kind: "lacks", why: `\`${text}\` cannot be run: what runs the tests is not installed.${said}` };
  if (verdict === "no-tests") return { kind: "failed", why: `\`${text}\` found no test.${said}` };
  if (must === "fail")
    return verdict === "failed"
      ? record(FAILED_AS_IT_MUST)
      : {
          kind: "failed",
          why: `\`${text}\` ${PASSES_ALREADY} A test that was never seen to fail shows nothing (--confirm: you saw it fail).${said}`,
        };
  return verdict === "passed" ? record("passed") : { kind: "failed", why: `\`${text}\` fails.${said}` };
}

function ended(text: string, { exitCode }: CommandEnd, said: string, record: (result: string) => One): One {
  return exitCode === 0
    ? record("ended well")
    : { kind: "failed", why: `\`${text}\` ended with ${exitCode ?? "a signal"}.${said}` };
}

async function tryRequest(proof: Proof & { kind: "request" }, { url }: Trial): Promise<One> {
  if (url === undefined) return { kind: "untried", why: "nothing says where the service runs (--url)" };
  const { method, path, text, statuses } = proof;
  const began = performance.now();
  try {
    const answer = await sendTo(url, REQUEST_MS)({ method, path, headers: {}, body: undefined });
    if ("none" in answer) return { kind: "failed", why: `${text} had no answer: ${answer.none}.` };
    const { status } = answer;
    const isRight = statuses.length > 0 ? statuses.includes(status) : status >= 200 && status < 300;
    if (!isRight)
      return {
        kind: "failed",
        why: `${text} answered ${status}; ${statuses.length > 0 ? statuses.join(" or ") : "200 to 299"} is right.`,
      };
    const ms = Math.round(performance.now() - began);
    return { kind: "proved", record: { by: "request", text, result: `answered ${status}`, ms } };
  } catch (error) {
    if (error instanceof ServerUnreachable) return { kind: "failed", why: error.message };
    throw error;
  }
}

/** Any answer shows that it is up, unless somebody answers there before it is started. */
async function upCheck(url: URL | undefined): Promise<{ isUp?: () => Promise<boolean> }> {
  if (url === undefined) return {};
  const send = sendTo(url, 1000);
  const isUp = () =>
    send({ method: "GET", path: "/health", headers: {}, body: undefined }).then(
      (answer) => !("none" in answer),
      () => false,
    );
  return (await isUp()) ? {} : { isUp };
}

function folderBelow(root: string, folder: string): string | undefined {
  try {
    const cwd = pathBelow(root, posix.join(folder, "x")).slice(0, -2);
    return existsSync(cwd) ? cwd : undefined;
  } catch {
    return undefined;
  }
}

/** The last of what a command wrote, without colours and secrets. */
function readable(output: string): string {
  const plain = stripVTControlCharacters(output)
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "");
  return redact(plain.slice(-KEPT_OUTPUT)).text.trim();
}
