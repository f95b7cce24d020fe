import { type RuleText, toFindings } from "../check-workspace.ts";
import type { Finding, Report } from "../model/finding.ts";
import type { Service } from "../model/workspace.ts";
import { verifyRuleIds } from "../verify/rule-ids.ts";
import type { OpenWorkspace } from "./open-workspace.ts";
import type { Draft } from "./report-command.ts";

/** What `verify` has to say. */
export interface VerifyOutcome {
  readonly findings: readonly Finding[];
  readonly draft: Draft;
}

/** What the reports of both kinds of run have in common. */
export function draftFor(
  services: readonly Service[],
  files: readonly string[],
): Omit<Draft, "next" | "verifiedBy" | "notes"> {
  return {
    command: "verify",
    files: files.length,
    services: services.map(({ name, dir, implemented }) => ({ name, dir, implemented })),
    recommendation: undefined,
    looksFor: (rule, file) => verifyRuleIds.includes(rule) && files.includes(file),
  };
}

/** Findings of the rules that the configuration has not turned off. */
export function found(
  verdicts: readonly { readonly rule: RuleText; readonly report: Report }[],
  { workspace, locate }: Pick<OpenWorkspace["read"], "workspace" | "locate">,
  service: Service | undefined,
): Finding[] {
  const wanted = verdicts.filter(({ rule }) => workspace.config.rules[rule.id] !== "off");
  return toFindings(
    workspace,
    wanted.map(({ rule, report: said }) => ({ rule, report: { service: service?.name, ...said } })),
    locate,
  );
}

/** The command to run next. */
export function nextFor(findings: readonly Finding[], otherwise: string): string {
  const worst =
    findings.find(({ severity }) => severity === "error") ??
    findings.find(({ severity }) => severity === "warning");
  return worst ? `speckit explain ${worst.rule}` : otherwise;
}
