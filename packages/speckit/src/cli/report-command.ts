import { createHash } from "node:crypto";
import { listing } from "../checks/listing.ts";
import { type Suppression, suppress } from "../checks/suppress.ts";
import type { Finding } from "../model/finding.ts";
import { compareText } from "../model/location.ts";
import type { Service } from "../model/workspace.ts";
import { changedSinceBaselines, findBaselines, missingBaselines } from "../node/baselines.ts";
import { packageVersion } from "../node/package-version.ts";
import {
  readSuppressions,
  SUPPRESSIONS_FILE,
  suppressionFor,
  writeSuppressions,
} from "../node/suppressions-file.ts";
import { renderGithub } from "../render/github.ts";
import { renderGitlab } from "../render/gitlab.ts";
import { renderJunit } from "../render/junit.ts";
import type { CheckReport } from "../render/report.ts";
import { renderReportJson } from "../render/report-json.ts";
import { renderReportMarkdown } from "../render/report-markdown.ts";
import { renderSarif } from "../render/sarif.ts";
import { closestName } from "./closest-name.ts";
import { type ExitCode, type Io, type Options, UsageError } from "./command.ts";
import type { OpenWorkspace } from "./open-workspace.ts";
import { choice, optionText } from "./options.ts";

/** Options of every command that prints findings. */
export const reportOptions: readonly (readonly [string, string])[] = [
  ["--format <format>", "text, json, sarif, junit, github, gitlab or markdown"],
  ["--owner <name>", "only findings in services of this team or person"],
  ["--changed", "only findings in services that changed since the baseline, and in what they touch"],
  ["--strict", "warnings fail the run, as errors do"],
  ["--all-findings", "print every finding, notes included"],
  ["--suppress-all", `write every present finding to ${SUPPRESSIONS_FILE}, so that only new ones fail`],
  ["--prune-suppressions", "drop suppressions whose findings are gone"],
];

/** A report that lacks only what suppressing changes. */
export type Draft = Omit<CheckReport, "ok" | "strict" | "findings" | "suppressed" | "verified"> & {
  readonly verifiedBy: (findings: readonly Finding[]) => CheckReport["verified"];
  /** Whether the run would have met such a finding, if it were still there: only then may its suppression be dropped. */
  readonly looksFor: (rule: string, file: string) => boolean;
};

/**
 * Ends a command that checks: leaves out what is suppressed, decides whether the run fails, prints in the form asked for.
 * `text` is the form for people.
 */
export function report(
  found: readonly Finding[],
  { read }: OpenWorkspace,
  draft: Draft,
  text: (report: CheckReport) => string,
  options: Options,
  io: Io,
): ExitCode {
  const today = new Date(io.now()).toISOString().slice(0, 10);
  const { verifiedBy, looksFor, ...rest } = draft;
  const { findings, suppressed } = applySuppressions(
    ofChanged(ofOwner(found, read.workspace.services, options), read, options, io),
    looksFor,
    read,
    today,
    options,
    io,
  );
  const strict = options.strict === true || read.workspace.config.validation.strict;
  const ok = !findings.some(({ severity }) => severity === "error" || (strict && severity === "warning"));
  const complete: CheckReport = { ...rest, ok, strict, findings, suppressed, verified: verifiedBy(findings) };
  io.write(render(complete, text, options));
  return ok ? 0 : 1;
}

function render(complete: CheckReport, text: (report: CheckReport) => string, options: Options): string {
  const format =
    options.json === true
      ? "json"
      : (choice(options, "format", ["text", "json", "sarif", "junit", "github", "gitlab", "markdown"]) ??
        "text");
  switch (format) {
    case "json":
      return renderReportJson(complete);
    case "sarif":
      return renderSarif(complete.findings, packageVersion());
    case "junit":
      return renderJunit(complete);
    case "github":
      return renderGithub(complete.findings);
    case "gitlab":
      return renderGitlab(complete.findings, (text) => createHash("sha256").update(text).digest("hex"));
    case "markdown":
      return renderReportMarkdown(complete);
    case "text":
      return text(complete);
  }
}

/** @throws UsageError when nobody of that name owns a service */
function ofOwner(
  found: readonly Finding[],
  services: readonly Service[],
  options: Options,
): readonly Finding[] {
  const name = optionText(options, "owner");
  if (name === undefined) return found;
  const owners = new Set(services.flatMap(({ owner }) => owner?.split(", ") ?? []));
  if (owners.has(name)) return found.filter(({ owner }) => owner?.split(", ").includes(name));
  const nearest = closestName(name, [...owners]);
  const hint = nearest
    ? `Did you mean '${nearest}'?`
    : owners.size === 0
      ? "Owners are read from CODEOWNERS, catalog-info.yaml and 'owners' in .speckit.config.json."
      : `There are: ${listing([...owners].sort(compareText), 5)}.`;
  throw new UsageError(`'${name}' owns no service. ${hint}`);
}

/** What stands in, or points to, a service with a file that differs from the baseline; or such a file itself. */
function ofChanged(
  found: readonly Finding[],
  { root, repositories, workspace: { services } }: OpenWorkspace["read"],
  options: Options,
  io: Io,
): readonly Finding[] {
  if (options.changed !== true) return found;
  const baselines = findBaselines(root, repositories, optionText(options, "compareWith"));
  const missing = missingBaselines(baselines);
  if (missing.length > 0) {
    hint(
      io,
      options,
      `--changed has nothing to compare with: ${missing.join("; ")}. All findings are shown.`,
    );
    return found;
  }
  const files = changedSinceBaselines(root, baselines);
  const touched = new Set(
    services
      .filter(({ dir }) => dir === "." || [...files].some((file) => file.startsWith(`${dir}/`)))
      .map(({ name }) => name),
  );
  return found.filter(
    ({ service, location, related }) =>
      files.has(location.file) ||
      (service !== undefined && touched.has(service)) ||
      related.some(({ at }) => files.has(at.file)),
  );
}

function applySuppressions(
  found: readonly Finding[],
  looksFor: Draft["looksFor"],
  { root, textOf }: OpenWorkspace["read"],
  today: string,
  options: Options,
  io: Io,
): { findings: readonly Finding[]; suppressed: number } {
  const present = readSuppressions(root);
  const outcome = suppress(found, present, textOf, today);
  if (options.suppressAll === true)
    return suppressAll(outcome.findings, present, found, textOf, today, root, options, io);
  if (options.pruneSuppressions === true) {
    // Findings of other owners, and in what did not change, were not looked at.
    const isAsked = options.owner === undefined && options.changed !== true;
    const gone = new Set(outcome.unused.filter(({ rule, file }) => isAsked && looksFor(rule, file)));
    if (gone.size > 0)
      writeSuppressions(
        root,
        present.filter((suppression) => !gone.has(suppression)),
      );
    hint(io, options, `Dropped ${gone.size} of ${present.length} suppressions from ${SUPPRESSIONS_FILE}.`);
  }
  return outcome;
}

function suppressAll(
  open: readonly Finding[],
  present: readonly Suppression[],
  found: readonly Finding[],
  textOf: (file: string) => string | undefined,
  today: string,
  root: string,
  options: Options,
  io: Io,
): { findings: readonly Finding[]; suppressed: number } {
  const all = [...present, ...open.map(suppressionFor)];
  writeSuppressions(root, all);
  const count = `${open.length} finding${open.length === 1 ? "" : "s"}`;
  hint(
    io,
    options,
    `Wrote ${count} to ${SUPPRESSIONS_FILE}; commit it, and only new findings fail from now on.`,
  );
  return suppress(found, all, textOf, today);
}

/** For people, on standard error, unless they asked for quiet. */
export function hint(io: Io, options: Options, text: string): void {
  if (options.quiet !== true) io.writeError(`${text}\n`);
}
