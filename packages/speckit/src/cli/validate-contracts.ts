import { changeRules } from "../changes/rules/index.ts";
import { checkWorkspace } from "../check-workspace.ts";
import type { Area } from "../checks/check.ts";
import { checks } from "../checks/index.ts";
import { listing } from "../checks/listing.ts";
import type { Finding } from "../model/finding.ts";
import { compareText } from "../model/location.ts";
import { contractsOf, messageContractsOf } from "../model/workspace.ts";
import { findBaselines } from "../node/baselines.ts";
import type { FleetTree } from "../node/fleet-tree.ts";
import type { Verified } from "../render/report.ts";
import { renderReportText, UNIMPLEMENTED } from "../render/report-text.ts";
import { answered, type Outcome } from "./answered.ts";
import type { Command, Io, Options } from "./command.ts";
import { compareWithBaseline } from "./compare-with-baseline.ts";
import { contractLines } from "./contract-lines.ts";
import { isInScope, type OpenWorkspace, openWorkspace, type Scope } from "./open-workspace.ts";
import { optionText } from "./options.ts";
import { report, reportOptions } from "./report-command.ts";
import { watched, watchOption } from "./watch.ts";

const contractAreas: ReadonlySet<Area> = new Set<Area>([
  "api",
  "events",
  "cycles",
  "dependencies",
  "consumers",
  "ownership",
  "principles",
  "contract-reading",
  "reading",
]);

export const validateContracts: Command = {
  name: "validate-contracts",
  summary: "Check every contract alone, against the other services, and against a baseline",
  options: [
    ["--service <name>", "only this service"],
    ["--all", "the whole fleet, wherever you stand"],
    ["--breaking-changes-only", "only what changed since the baseline and breaks, or may break, somebody"],
    [
      "--compare-with <ref>",
      "the git revision to compare with (default: the merge base with the main branch)",
    ],
    ["--api-only", "only OpenAPI contracts"],
    ["--events-only", "only event contracts"],
    ...reportOptions,
    watchOption,
  ],
  examples: [
    "speckit validate-contracts",
    "speckit validate-contracts --service=user-service --breaking-changes-only",
    "speckit validate-contracts --compare-with origin/main --format sarif",
  ],

  async run(_, options, io) {
    return watched(options, io, (watchedIo, rest) =>
      answered(
        "validate-contracts",
        rest,
        watchedIo,
        (root, { repositories }) => findBaselines(root, repositories, optionText(rest, "compareWith")),
        async (listened, tree) => judge(rest, listened, tree),
      ),
    );
  },
};

function judge(options: Options, io: Io, tree: FleetTree): Outcome {
  const opened = openWorkspace(options, io, tree);
  const { read, scope } = opened;
  const { notes, baseline, findings: changes } = compareWithBaseline(read, options, io);
  const only = options.breakingChangesOnly === true;
  const wanted = checks.filter(
    ({ area }) => contractAreas.has(area) && (!only || area === "contract-reading" || area === "api"),
  );
  const checked = checkWorkspace(read.workspace, wanted, read.locate).filter(
    (finding) => !only || isAboutReading(finding),
  );
  const findings = [...checked, ...changes.filter(({ severity }) => !only || severity !== "info")]
    .filter((finding) => isInScope(scope, finding.location.file, finding.service))
    .filter((finding) => isOfKind(finding, options, opened));
  read.save();
  const services = servicesIn(opened);
  const code = report(
    findings,
    opened,
    {
      command: "validate-contracts",
      files: contractFiles(opened).length,
      services: services.map(({ name, dir, implemented }) => ({ name, dir, implemented })),
      notes,
      recommendation: only ? undefined : recommendationFor(findings, scope),
      next: nextFor(findings, scope),
      looksFor: (rule, file) =>
        (wanted.some(({ id }) => id === rule) || (baseline !== undefined && isAboutChange(rule))) &&
        showsAll(options) &&
        (scope.kind === "all" || contractFiles(opened).includes(file)),
      verifiedBy: (left) => verified(left, opened, baseline, only),
    },
    (complete) =>
      renderReportText(complete, {
        color: io.color,
        columns: io.columns,
        all: options.allFindings === true,
      }),
    options,
    io,
  );
  return { code, readsBeyond: read.readsBeyond };
}

function isAboutChange(id: string): boolean {
  return changeRules.some((rule) => rule.id === id);
}

function showsAll({ apiOnly, eventsOnly, breakingChangesOnly }: Options): boolean {
  return !apiOnly && !eventsOnly && !breakingChangesOnly;
}

/** Only these rules say that a contract could not be read or resolved. */
function isAboutReading({ rule }: Finding): boolean {
  return rule === "unreadable-file" || rule === "unresolved-reference" || rule === "duplicate-key";
}

function servicesIn({ read, scope }: OpenWorkspace) {
  if (scope.kind === "all") return read.workspace.services;
  return scope.service ? [scope.service] : [];
}

function contractFiles(opened: OpenWorkspace): string[] {
  return servicesIn(opened).flatMap((service) => contractsOf(service).map(({ file }) => file));
}

function isOfKind({ location, change, rule }: Finding, options: Options, { read }: OpenWorkspace): boolean {
  if (options.apiOnly !== true && options.eventsOnly !== true) return true;
  const isEvent =
    change?.direction === "event" ||
    rule.startsWith("event-") ||
    read.workspace.services.some((service) =>
      messageContractsOf(service).some(({ file }) => file === location.file),
    );
  return options.eventsOnly === true ? isEvent : !isEvent;
}

function verified(
  findings: readonly Finding[],
  opened: OpenWorkspace,
  baseline: string | undefined,
  only: boolean,
): Verified[] {
  const areaOf = new Map<string, Area>(checks.map(({ id, area }) => [id, area]));
  const wrong = new Set(
    findings
      .filter(({ severity }) => severity !== "info")
      .map(({ rule, change }) => (change ? "changes" : areaOf.get(rule))),
  );
  const changes: Verified[] =
    baseline === undefined
      ? []
      : [{ holds: `No breaking changes since ${baseline}`, ok: !wrong.has("changes") }];
  if (only) return changes;
  const lines = contractLines(opened.read.workspace, opened.scope);
  return [
    ...lines.map(({ areas, holds }) => ({ holds, ok: !areas.some((area) => wrong.has(area)) })),
    ...changes,
  ];
}

/** The seed of every fleet: what is promised to consumers and not there yet. */
function recommendationFor(findings: readonly Finding[], scope: Scope): string | undefined {
  if (scope.kind !== "all") return undefined;
  const pending = findings.filter(({ rule }) => rule === UNIMPLEMENTED);
  const names = [...new Set(pending.map(({ message }) => message.split(" ")[0] ?? ""))].sort(compareText);
  if (names.length === 0) return undefined;
  return `Implement ${listing(names)} to complete dependency chain`;
}

function nextFor(findings: readonly Finding[], scope: Scope): string {
  const worst =
    findings.find(({ severity }) => severity === "error") ??
    findings.find(({ severity }) => severity === "warning");
  if (worst) return `speckit explain ${worst.rule}`;
  return scope.kind === "all" ? "speckit service-catalog" : "speckit validate-contracts --all";
}
