import type { Report } from "../../model/finding.ts";
import type { Workspace } from "../../model/workspace.ts";

/** The problems of one rule that readers met: what a check yields whose work is done while a file is parsed. Each place once, though many contracts may lead there. */
export function* problemsOf(rule: string, { problems }: Workspace): Generator<Report> {
  const seen = new Set<string>();
  for (const { rule: id, message, at, severity, fix } of problems) {
    if (id !== rule) continue;
    const key = JSON.stringify([message, at]);
    if (seen.has(key)) continue;
    seen.add(key);
    yield { message, at, severity, fix };
  }
}
