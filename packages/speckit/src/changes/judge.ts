import type { Compatibility } from "../model/config.ts";
import type { ChangeDetail, Direction, Level } from "../model/finding.ts";
import { compareText } from "../model/location.ts";
import type { Change, ChangeRule, Variance } from "./change.ts";
import type { Occurrence } from "./occurrence.ts";

/** A change with its verdict. */
export interface Verdict {
  readonly change: Change;
  readonly level: Level;
  readonly rule: ChangeRule;
  readonly message: string;
  readonly fix: string;
}

const severity: Readonly<Record<Level, number>> = { breaking: 2, risky: 1, compatible: 0 };

/**
 * Judges what differs. One cause is one verdict however many operations show it: facts of one kind about one node of the newer contract are
 * taken together, with the worst direction. Sorted by operation, location and rule.
 */
export function judge(
  occurrences: readonly Occurrence[],
  rules: readonly ChangeRule[],
  {
    compatibility,
    strictContent = false,
  }: { compatibility: Compatibility | undefined; strictContent?: boolean },
): Verdict[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const groups = new Map<string, { best: Verdict; operations: Set<string> }>();
  for (const occurrence of occurrences) {
    const rule = byId.get(occurrence.fact.kind);
    if (!rule) continue;
    const { direction, usual = "forward" } = occurrence;
    const variance = varianceOf(direction, compatibility ?? usual, strictContent);
    const verdict = judgeOne(occurrence, rule, variance);
    const key = causeOf(occurrence);
    const group = groups.get(key);
    if (!group) {
      groups.set(key, { best: verdict, operations: new Set([occurrence.operation]) });
      continue;
    }
    group.operations.add(occurrence.operation);
    if (comesFirst(verdict, group.best)) group.best = verdict;
  }
  return [...groups.values()]
    .map(({ best, operations }) => withOperations(best, [...operations].sort(compareOperations)))
    .sort(compareVerdicts);
}

/** A verdict in the shape that findings and `diff` show. */
export function detailOf({ change, level }: Verdict): ChangeDetail {
  const { kind, direction, operations, location, before, after } = change;
  return {
    kind,
    direction,
    level,
    operation: operations[0] ?? "",
    operations,
    location,
    before: before ?? null,
    after: after ?? null,
  };
}

/** The worst level of all, or `none` when nothing differs. */
export function worst(verdicts: readonly Verdict[]): Level | "none" {
  return verdicts.reduce<Level | "none">(
    (level, verdict) =>
      level === "none" || severity[verdict.level] > severity[level] ? verdict.level : level,
    "none",
  );
}

export function isAtLeast(level: Level | "none", threshold: Level): boolean {
  return level !== "none" && severity[level] >= severity[threshold];
}

function judgeOne(
  { fact, direction, operation, location, experimental }: Occurrence,
  rule: ChangeRule,
  variance: Variance,
): Verdict {
  const change: Change = { ...fact, direction, operations: [operation], location };
  // `deprecated` and the like judge promises, which drafts do not make.
  const level =
    experimental && !fact.kind.startsWith("stability") ? "compatible" : rule.level(change, variance);
  return {
    change,
    level,
    rule,
    message: rule.message(change),
    fix: rule.fix.replaceAll("{next version}", nextVersion(operation)),
  };
}

function varianceOf(direction: Direction, compatibility: Compatibility, strictContent: boolean): Variance {
  if (direction === "request") return { narrowing: true, widening: false, strictContent: false };
  if (direction === "response") return { narrowing: false, widening: true, strictContent: false };
  return {
    narrowing: compatibility !== "forward",
    widening: compatibility !== "backward",
    strictContent,
  };
}

function causeOf({ fact: { kind, name, before, after, revision }, operation }: Occurrence): string {
  // Facts about the exchange itself belong to their operation; those about a shared node belong to the node.
  const owner =
    revision.pointer === "" || revision.pointer === "/paths"
      ? kind === "operation-removed"
        ? name
        : operation
      : "";
  return JSON.stringify([kind, name, before, after, revision.file, revision.pointer, owner]);
}

function comesFirst(a: Verdict, b: Verdict): boolean {
  if (a.level !== b.level) return severity[a.level] > severity[b.level];
  const order = compareOperations(a.change.operations[0] ?? "", b.change.operations[0] ?? "");
  if (order !== 0) return order < 0;
  return a.change.location.length !== b.change.location.length
    ? a.change.location.length < b.change.location.length
    : a.change.location < b.change.location;
}

function withOperations(verdict: Verdict, operations: readonly string[]): Verdict {
  const first = operations.indexOf(verdict.change.operations[0] ?? "");
  // The first operation is the one whose location is shown.
  const ordered =
    first > 0
      ? [operations[first] as string, ...operations.filter((_, index) => index !== first)]
      : operations;
  return { ...verdict, change: { ...verdict.change, operations: ordered } };
}

/** By path, then by method. */
function compareOperations(a: string, b: string): number {
  const path = (label: string) => label.slice(label.indexOf(" ") + 1);
  return compareText(path(a), path(b)) || compareText(a, b);
}

function compareVerdicts(a: Verdict, b: Verdict): number {
  return (
    severity[b.level] - severity[a.level] ||
    compareOperations(a.change.operations[0] ?? "", b.change.operations[0] ?? "") ||
    compareText(a.change.location, b.change.location) ||
    compareText(a.rule.id, b.rule.id) ||
    compareText(a.message, b.message) ||
    compareText(a.change.revision.pointer, b.change.revision.pointer)
  );
}

/** `/api/v1/users` → `v2`; `v2` where the path names no version. */
function nextVersion(operation: string): string {
  const match = /\/v(\d+)(?:\/|$)/.exec(operation) ?? /\.v(\d+)$/.exec(operation);
  return `v${Number(match?.[1] ?? 1) + 1}`;
}
