import { checkWorkspace, compareFindings } from "../check-workspace.ts";
import type { Area } from "../checks/check.ts";
import { checks } from "../checks/index.ts";
import { suppress } from "../checks/suppress.ts";
import type { Finding } from "../model/finding.ts";
import { contractsOf } from "../model/workspace.ts";
import type { FleetTree } from "../node/fleet-tree.ts";
import { readLastAnalysis, writeLastAnalysis } from "../node/last-analysis.ts";
import { readSuppressions } from "../node/suppressions-file.ts";
import { renderAnalysisText } from "../render/analysis-text.ts";
import { summarize } from "../render/document-summary.ts";
import type { Since, Verified } from "../render/report.ts";
import { answered, type Outcome } from "./answered.ts";
import { type Command, type Io, type Options, UsageError } from "./command.ts";
import { type Comparison, compareWithBaseline } from "./compare-with-baseline.ts";
import { contractLines } from "./contract-lines.ts";
import { judgeLines, linesOfMany } from "./document-lines.ts";
import { ownedDocuments } from "./documents-in-scope.ts";
import { isInScope, type OpenWorkspace, openWorkspace } from "./open-workspace.ts";
import { report, reportOptions } from "./report-command.ts";
import { isAboutChange, sinceBaseline, sinceLastRun } from "./since.ts";
import { watched, watchOption } from "./watch.ts";

export const analyze: Command = {
  name: "analyze",
  summary: "Every check at once, and what changed since the last run",
  options: [
    ["--incremental", "read only what changed since the last run (the default, unless configured)"],
    ["--full", "read everything anew and show every finding"],
    ["--diff-only", "only findings that are new since the last run, or in files that changed since"],
    ["--summary", "counts and what changed, without the findings"],
    ["--compare-with <ref>", "the git revision to compare with, instead of the last run"],
    ["--service <name>", "only this service"],
    ["--all", "the whole fleet, wherever you stand"],
    ...reportOptions,
    watchOption,
  ],
  examples: [
    "speckit analyze",
    "speckit analyze --full",
    "speckit analyze --diff-only --compare-with origin/main --format sarif",
    "speckit analyze --watch --summary",
  ],

  async run(_, options, io) {
    demandSense(options);
    return watched(options, io, (watchedIo, rest) =>
      answered(
        "analyze",
        rest,
        watchedIo,
        // The last run is a part of the question: what is new after it is not new after the next.
        (root, { config }) => readLastAnalysis(root, config.cache.retention_days, io.now()) ?? null,
        async (listened, tree) => judge(rest, listened, tree),
      ),
    );
  },
};

/** @throws UsageError when options contradict each other */
function demandSense(options: Options): void {
  const modes = ["incremental", "full", "diffOnly"].filter((name) => options[name] === true);
  if (modes.length > 1)
    throw new UsageError("--incremental, --full and --diff-only exclude each other. Leave out all but one.");
}

function judge(options: Options, io: Io, tree: FleetTree): Outcome {
  const { cache, analysis } = tree.config;
  const isFull =
    options.full === true || (analysis.default_mode === "full" && !options.incremental && !options.diffOnly);
  const opened = openWorkspace(isFull ? { ...options, cache: false } : options, io, tree);
  const { read } = opened;
  const compared = compareWithBaseline(read, options, io);
  const found = [...checkWorkspace(read.workspace, checks, read.locate), ...compared.findings].sort(
    compareFindings,
  );
  read.save();
  const today = new Date(io.now()).toISOString().slice(0, 10);
  const { findings } = suppress(found, readSuppressions(read.root), read.textOf, today);
  const remembers = cache.enabled && options.cache !== false;
  const last = remembers ? readLastAnalysis(read.root, cache.retention_days, io.now()) : undefined;
  const known = knownBefore(opened, options, isFull ? undefined : last && sinceLastRun(last, read, findings));
  // Compared with another revision, other findings are there; that is no news.
  if (remembers && options.compareWith === undefined) writeLastAnalysis(read.root, read.hashes, findings);
  const code = answer(opened, compared, { found, unsuppressed: findings }, known, isFull, options, io);
  return { code, readsBeyond: read.readsBeyond };
}

interface Known {
  readonly since: Since | undefined;
  readonly notes: readonly string[];
}

/** What to compare with: the revision that is named, else the last run; where only differences are asked for, else the baseline. */
function knownBefore({ read }: OpenWorkspace, options: Options, last: Since | undefined): Known {
  const named = options.compareWith !== undefined;
  if (!named && (last || options.diffOnly !== true)) return { since: last, notes: [] };
  const since = sinceBaseline(read, options);
  if (!("reason" in since)) return { since, notes: [] };
  return {
    since: undefined,
    notes: [`Nothing is known of an earlier state (${since.reason}): every finding is shown.`],
  };
}

function answer(
  opened: OpenWorkspace,
  compared: Comparison,
  { found, unsuppressed }: { found: readonly Finding[]; unsuppressed: readonly Finding[] },
  { since, notes }: Known,
  isFull: boolean,
  options: Options,
  io: Io,
) {
  const { read, scope } = opened;
  const services = scope.kind === "all" ? read.workspace.services : scope.service ? [scope.service] : [];
  const documents = documentsOf(opened);
  const concerns = since && isAboutChange(since);
  const isShown = (finding: Finding) => options.diffOnly !== true || !concerns || concerns(finding);
  const isHere = ({ location, service }: Finding) => isInScope(scope, location.file, service);
  // What is not shown still keeps a check from holding.
  const hidden = unsuppressed.filter((finding) => isHere(finding) && !isShown(finding));
  const contracts = services.flatMap((service) => contractsOf(service));
  return report(
    found.filter((finding) => isHere(finding) && isShown(finding)),
    opened,
    {
      command: "analyze",
      files: documents.length + contracts.length,
      services: services.map(({ name, dir, implemented }) => ({ name, dir, implemented })),
      notes: [...compared.notes, ...notes],
      recommendation: undefined,
      since: since && sinceHere(since, scope),
      next: "",
      looksFor: () => scope.kind === "all" && options.diffOnly !== true,
      verifiedBy: (left) => verified([...left, ...hidden], opened, documents, compared.baseline),
    },
    (complete) =>
      renderAnalysisText(
        { ...complete, next: nextFor(complete.findings) },
        {
          color: io.color,
          columns: io.columns,
          all: options.allFindings === true,
          read: [
            count(services.length, "service"),
            count(documents.length, "document"),
            count(contracts.length, "contract"),
          ].join(", "),
          detailed: detailed(complete.findings, concerns, isFull, options),
          nothing: options.diffOnly === true ? "Nothing to mend in what changed" : "Nothing to mend",
          more: isFull ? "speckit analyze --full --all-findings" : "speckit analyze --full",
        },
      ),
    options,
    io,
  );
}

function sinceHere(since: Since, scope: OpenWorkspace["scope"]): Since {
  return {
    ...since,
    fresh: since.fresh?.filter(({ location, service }) => isInScope(scope, location.file, service)),
    fixed: since.fixed.filter(({ file, service }) => isInScope(scope, file, service)),
  };
}

/** After a first look a person wants to see what is different; the rest is counted. */
function detailed(
  findings: readonly Finding[],
  concerns: ((finding: Finding) => boolean) | undefined,
  isFull: boolean,
  options: Options,
): readonly Finding[] {
  if (options.summary === true) return [];
  if (isFull || !concerns || options.allFindings === true) return findings;
  return findings.filter(concerns);
}

function documentsOf({ read, scope }: OpenWorkspace) {
  return ownedDocuments(read.workspace)
    .filter(({ document, service }) => isInScope(scope, document.file, service?.name))
    .map(({ document }) => summarize(document));
}

function verified(
  findings: readonly Finding[],
  { read, scope }: OpenWorkspace,
  documents: ReturnType<typeof documentsOf>,
  baseline: string | undefined,
): Verified[] {
  const areaOf = new Map<string, Area>(checks.map(({ id, area }) => [id, area]));
  const wrong = new Set(
    findings
      .filter(({ severity }) => severity !== "info")
      .map(({ rule, change }) => (change ? "changes" : areaOf.get(rule))),
  );
  return [
    ...judgeLines(linesOfMany(documents), findings).map(({ text: holds, worst }) => ({
      holds,
      ok: worst === undefined,
    })),
    ...contractLines(read.workspace, scope).map(({ areas, holds }) => ({
      holds,
      ok: !areas.some((area) => wrong.has(area)),
    })),
    ...(baseline === undefined
      ? []
      : [{ holds: `No breaking changes since ${baseline}`, ok: !wrong.has("changes") }]),
  ];
}

function nextFor(findings: readonly Finding[]): string {
  const worst =
    findings.find(({ severity }) => severity === "error") ??
    findings.find(({ severity }) => severity === "warning");
  return worst ? `speckit explain ${worst.rule}` : "speckit service-catalog";
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
