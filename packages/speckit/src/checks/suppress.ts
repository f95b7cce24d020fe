import { type Finding, fingerprintOf } from "../model/finding.ts";

/** A finding that was there when the fleet began to use the checks. `fingerprint` survives moved lines. */
export interface Suppression {
  readonly rule: string;
  readonly file: string;
  readonly fingerprint: string;
}

export interface Suppressed {
  readonly findings: readonly Finding[];
  /** How many were left out. */
  readonly suppressed: number;
  /** Suppressions that met no finding: what they stood for is gone. */
  readonly unused: readonly Suppression[];
}

/**
 * Leaves out findings that a comment beside the place, or the list of suppressions, says to leave out. `today` (`YYYY-MM-DD`) ends comments that are
 * limited in time. Equal findings need as many suppressions: a second one of the kind is new.
 */
export function suppress(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  textOf: (file: string) => string | undefined,
  today: string,
): Suppressed {
  const open = new Map<string, Suppression[]>();
  for (const suppression of suppressions) {
    open.set(suppression.fingerprint, [...(open.get(suppression.fingerprint) ?? []), suppression]);
  }
  const comments = new Map<string, readonly Comment[]>();
  const kept = findings.filter((finding) => {
    if (open.get(fingerprintOf(finding))?.pop()) return false;
    const { file } = finding.location;
    if (!comments.has(file)) comments.set(file, commentsIn(textOf(file) ?? ""));
    return !(comments.get(file) ?? []).some((comment) => covers(comment, finding, today));
  });
  return { findings: kept, suppressed: findings.length - kept.length, unused: [...open.values()].flat() };
}

interface Comment {
  readonly rules: readonly string[];
  /** Last day, `YYYY-MM-DD`. */
  readonly until: string | undefined;
  /** The line of the comment, and the first line below it that is no such comment. */
  readonly lines: readonly number[];
}

const pattern =
  /(?:<!--|#|\/\/)\s*speckit-ignore\s+([a-z][a-z\d-]*(?:\s*,\s*[a-z][a-z\d-]*)*)\s*(?::[^\n]*?)?(?:\(until\s+(\d{4}-\d{2}-\d{2})\))?\s*(?:-->|$)/;

/** Comments that say which rules to leave out at their line and at the line below. */
function commentsIn(text: string): Comment[] {
  if (!text.includes("speckit-ignore")) return [];
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const match = pattern.exec(line.trimEnd());
    if (!match?.[1]) return [];
    let below = index + 1;
    while (below < lines.length && (pattern.test(lines[below] ?? "") || lines[below]?.trim() === "")) below++;
    return [{ rules: match[1].split(/\s*,\s*/), until: match[2], lines: [index + 1, below + 1] }];
  });
}

function covers({ rules, until, lines }: Comment, { rule, location }: Finding, today: string): boolean {
  return rules.includes(rule) && lines.includes(location.line) && (until === undefined || today <= until);
}
