import { existsSync, readFileSync } from "node:fs";
import type { Assignment, TokensUsed } from "../authoring/author.ts";
import { mergeConstitution } from "../authoring/constitution/merge-constitution.ts";
import { weight } from "../authoring/draft.ts";
import { offlineAuthor } from "../authoring/offline/offline-author.ts";
import { servedTasks } from "../authoring/offline/served-tasks.ts";
import { type DraftRecord, type Revision, recordOf, revise } from "../authoring/revise/revise.ts";
import type { Finding } from "../model/finding.ts";
import { putAside } from "../node/authors/aside.ts";
import { readDraftAuthor, readDraftRecord, saveDraftRecord } from "../node/draft-records.ts";
import { pathBelow } from "../node/setup/safe-path.ts";
import { writeAtomically } from "../node/write-file.ts";
import { parseAs } from "../parse/formats.ts";
import { summarize } from "../render/document-summary.ts";
import { renderDraftText } from "../render/draft-text.ts";
import { flatten } from "../render/report-json.ts";
import { authorNamed } from "./authors.ts";
import { type ExitCode, type Io, type Options, UsageError } from "./command.ts";
import { judgeLines, linesOfOne } from "./document-lines.ts";
import { judgeDraft } from "./judge-draft.ts";
import { readyFor } from "./next-step.ts";
import type { OpenWorkspace } from "./open-workspace.ts";
import { runAuthor } from "./run-author.ts";
import { authorOptions } from "./watch-author.ts";

/** Options of every command that drafts. */
export const draftOptions: readonly (readonly [string, string])[] = [
  ["--service <name>", "the service it is for"],
  ...authorOptions,
  ["--stdout", "print the document, and write nothing"],
  ["--force", "write the draft anew, what a person wrote included"],
];

export interface DraftJob {
  readonly command: string;
  readonly opened: OpenWorkspace;
  readonly assignment: Assignment;
  /** Command to run when nothing is open. */
  readonly next: string;
  /** Operations that no scenario asks for. */
  readonly unasked?: readonly string[];
  /** Writes a file that is not there yet; false when somebody else was first. */
  readonly first?: ((path: string, text: string) => boolean) | undefined;
}

export interface Drafted {
  readonly code: ExitCode;
  /** Somebody else wrote the file meanwhile; nothing was written. */
  readonly wasFirst: boolean;
}

interface Outcome extends Revision {
  readonly outcome: "written" | "revised" | "unchanged";
  readonly author: string;
  readonly tokens: TokensUsed;
  readonly findings: readonly Finding[];
}

/** Draft, check, and write: the end of every command that drafts. */
export async function writeDraft(job: DraftJob, options: Options, io: Io): Promise<Drafted> {
  const { command, opened } = job;
  const { root, workspace } = opened.read;
  const author = authorNamed(options, { root, config: workspace.config, env: io.env });
  const path = pathBelow(root, job.assignment.file);
  const assignment = { ...job.assignment, current: textAt(path) };
  // What stood nowhere when the run began is somebody else's; it is not for this run to revise.
  if (assignment.current !== undefined && job.first) return { code: 0, wasFirst: true };
  const judge = (text: string) => judgeDraft(assignment, text);
  const drafted = await runAuthor({ command, opened, assignment, author, judge }, options, io);
  let refusal: "refused" | "superseded" = "refused";
  try {
    // An author may take minutes, and somebody may have gone on writing meanwhile.
    const current = textAt(path);
    const saved = savedDraft(root, assignment.file, author.id);
    const isOffline = author.id === offlineAuthor.id;
    const result = outcomeOf(drafted.text, current, saved.mayChange, { ...assignment, isOffline }, options);
    const complete = { ...result, author: author.id, tokens: drafted.tokens, findings: judge(result.text) };
    if (current !== undefined && !job.first && options.force !== true)
      demandNoWorse(complete.findings, judge(current), assignment.file);
    const wasFirst = keep(job, complete, path, saved, options);
    if (wasFirst && author.needsPack === true) {
      refusal = "superseded";
      // Whoever was paid for it is not asked again by itself.
      throw new UsageError(`Somebody wrote ${assignment.file} meanwhile, and it is as they wrote it.`);
    }
    drafted.record(wasFirst ? "superseded" : options.stdout === true ? "printed" : complete.outcome);
    if (!wasFirst) io.write(printed(job, complete, options, io));
    return { code: 0, wasFirst };
  } catch (error) {
    if (author.needsPack === true && error instanceof UsageError)
      error.message += ` The draft is in ${putAside(root, assignment.file, Buffer.from(drafted.text))}.`;
    drafted.record(refusal, error instanceof Error ? error.message : undefined);
    throw error;
  }
}

function textAt(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** What was drafted before, and what of it this author may change. */
interface Before {
  readonly record: DraftRecord;
  readonly author: string;
  readonly mayChange: DraftRecord;
}

/** The engine knows less than a model, so what a model wrote is for the engine as if a person had written it. */
function savedDraft(root: string, file: string, author: string): Before {
  const record = readDraftRecord(root, file);
  const last = readDraftAuthor(root, file);
  const isOthers = author === offlineAuthor.id && last !== author;
  return { record, author: isOthers ? last : author, mayChange: isOthers ? {} : record };
}

/** Writes the document unless it is only to be printed; true when somebody else was first, and nothing was written. */
function keep(job: DraftJob, result: Outcome, path: string, before: Before, options: Options): boolean {
  if (options.stdout === true) return false;
  if (job.first) {
    if (!job.first(path, result.text)) return true;
  } else if (result.outcome !== "unchanged") writeAtomically(path, result.text);
  const { file, prompt } = job.assignment;
  const isKept = before.mayChange !== before.record && options.force !== true;
  const record = isKept ? { ...before.record, ...result.record } : result.record;
  const author = isKept ? before.author : result.author;
  saveDraftRecord(job.opened.read.root, file, { record, prompt, author });
  return false;
}

function printed(job: DraftJob, result: Outcome, options: Options, io: Io): string {
  const isPrinted = options.stdout === true;
  if (options.json === true)
    return jsonOf(job, result, !isPrinted && result.outcome !== "unchanged", options);
  return isPrinted ? result.text : textOf(job, result, options, io);
}

function outcomeOf(
  text: string,
  current: string | undefined,
  record: DraftRecord,
  assignment: Assignment & { readonly isOffline: boolean },
  options: Options,
) {
  const { kind, isOffline } = assignment;
  if (current === undefined || current.trim() === "" || options.force === true) {
    const outcome = current === text ? "unchanged" : current === undefined ? "written" : "revised";
    return { outcome, text, changes: [], record: recordOf(kind, text) } as const;
  }
  const plain = current.replace(/^\uFEFF/, "");
  // The engine cuts tasks its own way; somebody who has cut them another way has them already.
  const isOthers = kind === "tasks" && isOffline && Object.keys(record).length === 0;
  const served = isOthers ? servedTasks(text, plain, assignment) : undefined;
  const revision =
    kind === "constitution" ? mergeConstitution(plain, text) : revise(kind, plain, text, record, served);
  const isSame = revision.changes.every((change) => change.kind === "kept");
  return isSame
    ? ({ ...revision, outcome: "unchanged", text: current } as const)
    : ({ ...revision, outcome: "revised", text: encodedAs(current, revision.text) } as const);
}

/** With the line ends and the byte order mark of what stands there. */
function encodedAs(current: string, text: string): string {
  const mark = current.startsWith("\uFEFF") ? "\uFEFF" : "";
  return mark + (current.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text);
}

/** @throws UsageError when the file as it stands has fewer errors */
function demandNoWorse(after: readonly Finding[], before: readonly Finding[], file: string): void {
  const errors = (findings: readonly Finding[]) => findings.filter(({ severity }) => severity === "error");
  if (weight(errors(after)) <= weight(errors(before))) return;
  const [worst] = errors(after);
  throw new UsageError(
    `${file} would become worse: ${worst?.message ?? ""} Nothing was written. Correct the file, or write it anew with --force.`,
  );
}

function checked({ findings }: Outcome, { assignment }: DraftJob): readonly Finding[] {
  return assignment.workspace.config.validation.auto_validate ? findings : [];
}

function documentOf({ text }: Outcome, { assignment: { kind, file } }: DraftJob) {
  const document = parseAs(kind, { file, text, bytes: Buffer.byteLength(text) });
  return document.kind === "unreadable" ? undefined : document;
}

function textOf(job: DraftJob, result: Outcome, options: Options, io: Io): string {
  const flag = options.service === undefined ? "" : ` --service=${job.assignment.service.name}`;
  const { assignment, next, unasked = [] } = job;
  const document = documentOf(result, job);
  const { auto_validate: isChecked, strict } = assignment.workspace.config.validation;
  const all = checked(result, job);
  const found = all.filter(({ rule }) => rule !== "clarification-open");
  const questions = assignment.kind === "spec" ? (document?.clarifications.length ?? 0) : 0;
  const isFailing = all.some(({ severity }) => severity === "error" || (strict && severity === "warning"));
  // The questions of a specification have a line of their own, whatever the checks make of them.
  const judged = assignment.kind === "spec" ? found : all;
  const worst = found.find(({ severity }) => severity !== "info");
  return renderDraftText(
    {
      file: assignment.file,
      outcome: result.outcome,
      changes: result.changes,
      lines: isChecked && document ? judgeLines(linesOfOne(summarize(document)), judged) : [],
      questions,
      unasked,
      ready: isFailing ? undefined : readyFor[assignment.kind],
      next: worst
        ? `speckit validate --${assignment.kind}${flag}`
        : questions > 0
          ? `speckit clarify${flag}`
          : unasked.length > 0
            ? `speckit specify${flag}`
            : next,
    },
    io,
  );
}

function jsonOf(job: DraftJob, result: Outcome, written: boolean, options: Options): string {
  const { command, assignment } = job;
  const { kind, service, file, feature } = assignment;
  const document = documentOf(result, job);
  // The constitution belongs to no service.
  const of = kind === "constitution" ? {} : { service: service.name, feature: feature.slug };
  const json = {
    schemaVersion: 1,
    command,
    author: result.author,
    tokens: result.tokens,
    ...of,
    file,
    written,
    outcome: result.outcome,
    changes: result.changes,
    documents: document ? [summarize(document)] : [],
    findings: checked(result, job).map(flatten),
    unasked: job.unasked,
    text: options.stdout === true ? result.text : undefined,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}
