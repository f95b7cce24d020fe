import type { Check } from "./checks/check.ts";
import type { Finding, Report } from "./model/finding.ts";
import { compareLocations, compareText, type Locate } from "./model/location.ts";
import type { Service, Workspace } from "./model/workspace.ts";

/** What is said about a rule in general; checks and change rules both have it. */
export interface RuleText {
  readonly id: string;
  readonly severity: Finding["severity"];
  readonly why: string;
  readonly fix: string;
}

/** Runs `checks` over `workspace`. Findings come sorted by file, line, column and rule; rules that the configuration turns off yield none. */
export function checkWorkspace(workspace: Workspace, checks: readonly Check[], locate: Locate): Finding[] {
  const reports = checks
    .filter(({ id }) => workspace.config.rules[id] !== "off")
    .flatMap((check) => Array.from(check.run(workspace), (report) => ({ rule: check, report })));
  return toFindings(workspace, reports, locate);
}

/** Turns reports into findings: looks up lines, adds what the rule says, the service, its owner and the configured severity. */
export function toFindings(
  workspace: Pick<Workspace, "services" | "config">,
  reports: readonly { readonly rule: RuleText; readonly report: Report }[],
  locate: Locate,
): Finding[] {
  const places = reports.flatMap(({ report }) => [report.at, ...(report.related ?? []).map(({ at }) => at)]);
  const locations = locate(places);
  const serviceAt = serviceFinder(workspace.services);
  const owners = new Map(workspace.services.map(({ name, owner }) => [name, owner]));
  let next = 0;
  const findings = reports.map(({ rule, report }): Finding => {
    const location = locations[next++] ?? { file: "", line: 1, column: 1 };
    const related = (report.related ?? []).map(({ message }) => ({
      message,
      at: locations[next++] ?? location,
    }));
    const service = report.service ?? serviceAt(location.file);
    const configured = workspace.config.rules[rule.id];
    return {
      rule: rule.id,
      severity:
        configured !== undefined && configured !== "off" ? configured : (report.severity ?? rule.severity),
      message: report.message,
      location,
      why: rule.why,
      fix: report.fix ?? rule.fix,
      service,
      owner: service === undefined ? undefined : owners.get(service),
      change: report.change,
      consumers: report.consumers,
      related,
    };
  });
  return findings.sort(compareFindings);
}

export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareLocations(a.location, b.location) ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

/** Names the service whose folder a file stands in. */
function serviceFinder(services: readonly Service[]): (file: string) => string | undefined {
  const byDir = new Map(services.map(({ dir, name }) => [dir, name]));
  return (file) => {
    for (let dir = file; dir !== ""; ) {
      dir = dir.slice(0, Math.max(0, dir.lastIndexOf("/")));
      const name = byDir.get(dir);
      if (name !== undefined) return name;
    }
    return byDir.get(".");
  };
}
