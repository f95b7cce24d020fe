import { resolve } from "node:path";
import { checkWorkspace, compareFindings } from "../check-workspace.ts";
import type { Area } from "../checks/check.ts";
import { checks } from "../checks/index.ts";
import type { Finding } from "../model/finding.ts";
import { type DocumentSummary, summarize } from "../render/document-summary.ts";
import { renderDocumentText } from "../render/document-text.ts";
import type { CheckReport } from "../render/report.ts";
import { renderReportText } from "../render/report-text.ts";
import { answered, type Outcome } from "./answered.ts";
import { type Command, type ExitCode, type Io, type Options, UsageError } from "./command.ts";
import { judgeLines, linesOfMany, linesOfOne } from "./document-lines.ts";
import { type ChosenDocuments, demandEach, documentsInScope, kindsNamed } from "./documents-in-scope.ts";
import { documentsNamed } from "./documents-named.ts";
import { readyFor, stepAfterValidate } from "./next-step.ts";
import { optionText } from "./options.ts";
import { type Draft, report, reportOptions } from "./report-command.ts";
import { watched, watchOption } from "./watch.ts";

const documentAreas: ReadonlySet<Area> = new Set<Area>([
  "sections",
  "placeholders",
  "content",
  "scenarios",
  "traceability",
  "tasks",
  "constitution",
  "reading",
]);
const documentChecks = checks.filter(({ id, area }) => documentAreas.has(area) || id === "unreadable-file");

export const validate: Command = {
  name: "validate",
  summary: "Check specs, plans, task lists and the constitution",
  arguments: "[files...]",
  options: [
    ["--spec", "only spec.md"],
    ["--plan", "only plan.md"],
    ["--tasks", "only tasks.md"],
    ["--constitution", "only the constitution"],
    ["--as <kind>", "what the files are, wherever they stand: spec, plan, tasks or constitution"],
    ["--service <name>", "only this service"],
    ["--all", "the whole fleet, wherever you stand"],
    ...reportOptions,
    watchOption,
  ],
  examples: [
    "speckit validate --spec",
    "speckit validate --service=user-service --strict",
    "speckit validate services/user-service/specs/001-user-profile/plan.md",
    "speckit validate --as spec drafts/login.md --json",
  ],

  async run(files, options, io) {
    demandSense(files, options);
    const paths = files.map((file) => resolve(io.cwd, optionText(options, "cwd") ?? ".", file));
    return watched(options, io, (watchedIo, rest) => runOnce(files, rest, watchedIo), paths);
  },
};

async function runOnce(files: readonly string[], options: Options, io: Io): Promise<ExitCode> {
  // Files that are named may stand anywhere; only a workspace can be seen to be unchanged.
  if (files.length > 0) return judge(documentsNamed(files, options, io), options, io).code;
  return answered(
    "validate",
    options,
    io,
    () => undefined,
    async (listened, tree) => judge(documentsInScope(options, listened, tree), options, listened),
  );
}

function judge(chosen: ChosenDocuments, options: Options, io: Io): Outcome {
  const { opened, workspaces, documents, isAbout } = chosen;
  const findings = workspaces
    .flatMap((workspace) => checkWorkspace(workspace, documentChecks, opened.read.locate))
    .filter(isAbout)
    .sort(compareFindings);
  opened.read.save();
  demandEach(kindsNamed(options), chosen, findings);
  const code = answer(chosen, documents.map(summarize), findings, options, io);
  return { code, readsBeyond: opened.read.readsBeyond };
}

/** @throws UsageError when options contradict each other */
function demandSense(files: readonly string[], options: Options): void {
  if (files.length === 0) {
    if (options.as === undefined) return;
    throw new UsageError(
      `--as says what files are; there are none. Name them: speckit validate --as ${String(options.as)} FILE`,
    );
  }
  const choosing = [...kindsNamed(options), "all", "service"].find((name) => options[name] !== undefined);
  if (choosing !== undefined)
    throw new UsageError(
      `--${choosing} chooses documents of the workspace, and files choose themselves. Leave out one of the two; --as spec says what a file is.`,
    );
}

/** Prints what was found. One document has lines of its own, many are shown by service. */
function answer(
  { opened, services, isWhole }: ChosenDocuments,
  documents: readonly DocumentSummary[],
  findings: readonly Finding[],
  options: Options,
  io: Io,
): ExitCode {
  const files = filesOf(documents, findings);
  const [first] = documents;
  const isOne = files.size === 1 && documents.length < 2;
  const lines = isOne && first ? linesOfOne(first) : linesOfMany(documents);
  const style = { color: io.color, columns: io.columns, all: options.allFindings === true };
  const text = (unfinished: CheckReport): string => {
    const next = stepAfterValidate(unfinished.findings, documents, opened, options, io);
    const complete = { ...unfinished, next };
    if (!isOne) return renderReportText(complete, style);
    const judged = judgeLines(lines, complete.findings);
    return renderDocumentText(complete, { lines: judged, ready: first && readyFor[first.kind] }, style);
  };
  const draft: Draft = {
    command: "validate",
    files: files.size,
    services: services.map(({ name, dir, implemented }) => ({ name, dir, implemented })),
    documents,
    notes: files.size === 0 ? ["There is no spec.md, plan.md, tasks.md or constitution.md yet."] : [],
    recommendation: undefined,
    looksFor: (rule, file) => documentChecks.some(({ id }) => id === rule) && (isWhole || files.has(file)),
    next: "speckit validate",
    verifiedBy: (left) =>
      judgeLines(lines, left).map(({ text: holds, worst }) => ({ holds, ok: worst === undefined })),
  };
  return report(findings, opened, draft, text, options, io);
}

/** Files that were looked at, those that could not be read included. */
function filesOf(documents: readonly DocumentSummary[], findings: readonly Finding[]): ReadonlySet<string> {
  const aboutDocuments = findings.filter(({ rule }) => rule !== "unknown-config-key");
  return new Set([...documents, ...aboutDocuments.map(({ location }) => location)].map(({ file }) => file));
}
