import type { TokensUsed } from "../../authoring/author.ts";
import type { BegunTask, Checkpoint, ProofRecord, RedRecord } from "../../authoring/implement/checkpoint.ts";
import type { TaskStep } from "../../authoring/implement/order.ts";
import { type Proof, proofsOf } from "../../authoring/implement/proofs.ts";
import type { Implementer } from "../../authoring/implementer.ts";
import { taskArgument } from "../../model/task-list.ts";
import { hashOf } from "../../node/implement/checkpoints.ts";
import { installCommand } from "../../node/implement/missing-packages.ts";
import { snapshotOf } from "../../node/implement/task-files.ts";
import type { Io, Options } from "../command.ts";
import { askAuthor } from "./ask-author.ts";
import { keepBegun, redRecord } from "./begin-and-finish.ts";
import { newErrors, projectFindings } from "./project-findings.ts";
import { takeFiles } from "./take-files.ts";
import { type Trial, tryProofs } from "./try-proofs.ts";
import { openWork, type Work } from "./work.ts";

/** What an author's run has at hand. */
export interface AuthorTools {
  readonly command: string;
  readonly implementer: Implementer;
  readonly trial: Trial;
  readonly options: Options;
  readonly io: Io;
  /** Somebody else is about to draw: what is drawn stays above it. */
  readonly leave: () => void;
  /** What was paid for is counted. */
  readonly spend: (tokens: TokensUsed) => void;
}

/** What is wanted of a test-first task now; undefined: all of a task. */
export type Part = "tests" | "implementation" | undefined;

/** What came of asking an author once. */
export type Round = { readonly begun: BegunTask; readonly notes: readonly string[] } & (
  | { readonly kind: "red"; readonly record: RedRecord }
  | {
      readonly kind: "accepted";
      readonly proofs: readonly ProofRecord[];
      readonly findings: Checkpoint["findings"];
      readonly written: readonly string[];
    }
  | { readonly kind: "aside"; readonly why: string }
  | { readonly kind: "gave-up"; readonly why: string }
  | { readonly kind: "stopped" }
  /** `said` tells two answers apart. */
  | { readonly kind: "wrong"; readonly problems: readonly string[]; readonly said: string | undefined }
);

/** Pack → author → files → acceptance → checks, once. */
export async function workOnce(
  work: Work,
  step: TaskStep,
  part: Part,
  begun: BegunTask,
  tools: AuthorTools,
): Promise<Round> {
  const { id, edits = false } = tools.implementer;
  const isBlind = id === "offline";
  const before = edits ? snapshotOf(work.root) : undefined;
  const asked = await askAuthor(work, step.task, part, begun, tools);
  tools.spend(asked.tokens);
  const tokens = {
    input: begun.tokens.input + asked.tokens.input,
    output: begun.tokens.output + asked.tokens.output,
  };
  const paid = keepBegun(work, { ...begun, tokens });
  if (asked.kind !== "answered") return { ...asked, begun: paid, notes: [] };
  const { answer } = asked;
  if (answer.declined === true) return { kind: "aside", why: answer.said, begun: paid, notes: [] };
  const taken = takeFiles(work, step.task, part, answer, { begun: paid, before, isBlind });
  const common = { begun: taken.begun, notes: taken.notes };
  if (taken.trespass !== undefined) return { kind: "gave-up", why: taken.trespass, ...common };
  const said = isBlind || answer.files.length > 0 ? hashOf(JSON.stringify(answer.files)) : undefined;
  if (taken.problems.length > 0) return { kind: "wrong", problems: taken.problems, said, ...common };
  const shown = await judge(step, part, begun, tools);
  if (shown.kind === "wrong") return { ...shown, said, ...common };
  return shown.kind === "accepted"
    ? { ...shown, written: taken.written, ...common }
    : { ...shown, ...common };
}

type Shown =
  | { readonly kind: "red"; readonly record: RedRecord }
  | {
      readonly kind: "accepted";
      readonly proofs: readonly ProofRecord[];
      readonly findings: Checkpoint["findings"];
    }
  | { readonly kind: "wrong"; readonly problems: readonly string[] }
  | { readonly kind: "aside"; readonly why: string }
  | { readonly kind: "gave-up"; readonly why: string }
  | { readonly kind: "stopped" };

/** Acceptance, then the project's checks. */
async function judge(step: TaskStep, part: Part, begun: BegunTask, tools: AuthorTools): Promise<Shown> {
  const { command, options, io } = tools;
  const shown = await prove(openWork(command, options, io), step, part, tools);
  if (shown.kind !== "proved") return shown;
  const { records } = shown;
  if (part === "tests") {
    const commands = records.map(({ text }) => text);
    return {
      kind: "red",
      record: redRecord(openWork(command, options, io), step.task, "command", commands, io),
    };
  }
  const findings = projectFindings(openWork(command, options, io), io);
  const fresh = newErrors(begun.errors, findings);
  if (fresh.length === 0) return { kind: "accepted", proofs: records, findings: findings.counts };
  const problems = fresh.map(
    ({ rule, message, location: { file, line }, fix }) =>
      `New error ${rule}: ${message} (${file}:${line}) ${fix}`,
  );
  return { kind: "wrong", problems };
}

type Proved = { readonly kind: "proved"; readonly records: readonly ProofRecord[] };

async function prove(
  work: Work,
  { task }: TaskStep,
  part: Part,
  { trial, options }: AuthorTools,
): Promise<Proved | Extract<Shown, { kind: "wrong" | "aside" | "gave-up" | "stopped" }>> {
  const proofs = proofsOf(task, part === "tests" ? "tests" : "whole", work.facts);
  const install = options.install === false ? undefined : installProof(work, proofs);
  const tried = await tryProofs(install ? [install, ...proofs] : proofs, trial);
  const { records, failures, untried, lacks, isStopped } = tried;
  if (isStopped) return { kind: "stopped" };
  if (lacks !== undefined) return { kind: "gave-up", why: lacks };
  if (failures.length > 0) return { kind: "wrong", problems: failures };
  // Where a service runs is for a person to say; until then its author's word has to do.
  const open = untried.filter(
    ({ text }) => !proofs.some((proof) => proof.kind === "request" && proof.text === text),
  );
  if (open.length > 0)
    return {
      kind: "aside",
      why: `It is written. Look whether it is right, then speckit implement --done ${taskArgument(task.id)} --confirm: ${open.map(({ text, why }) => `\`${text}\` was not tried, ${why}`).join("; ")}.`,
    };
  const words = proofs
    .filter((proof) => proof.kind === "word" || untried.some(({ text }) => text === proof.text))
    .map(({ text }): ProofRecord => ({ by: "author", text, result: "said to be so" }));
  return { kind: "proved", records: [...records, ...words] };
}

const installs = /^(?:npm (?:i|ci|install)|pnpm i(?:nstall)?|yarn(?: install)?|bun i(?:nstall)?)(?: |$)/;

/** Tests and servers need their packages: those that a package.json lists and that are not there. */
function installProof({ root, service }: Work, proofs: readonly Proof[]): Proof | undefined {
  const commands = proofs.filter(({ kind }) => kind === "command");
  if (commands.length === 0 || commands.some((proof) => installs.test(proof.text))) return undefined;
  const text = installCommand(root, service.dir);
  if (text === undefined) return undefined;
  const [program = "", ...args] = text.split(" ");
  return {
    kind: "command",
    text,
    line: { kind: "steps", folder: "", steps: [{ program, args, variables: {} }] },
    staysUp: false,
    must: "pass",
    from: "tests",
  };
}
