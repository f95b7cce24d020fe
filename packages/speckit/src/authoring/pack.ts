import type { Candidate } from "./choose.ts";
import type { SnippetKind } from "./snippet.ts";

/** A part of a pack: one piece of one file. */
export interface PackPart {
  readonly kind: SnippetKind;
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly reason: string;
  /** With its heading. */
  readonly tokens: number;
  readonly text: string;
}

export interface Pack {
  /** In the order in which they are read: what is asked, what holds, what is promised, what is there. */
  readonly parts: readonly PackPart[];
  /** What would have been next, the worthiest first. */
  readonly leftOut: readonly Omit<PackPart, "text">[];
}

export interface PackInput {
  readonly candidates: readonly Candidate[];
  readonly budget: number;
  readonly count: (text: string) => number;
  /** How a pack is printed: its tokens count, headings and all. */
  readonly render: (pack: Pack) => string;
}

const order: readonly SnippetKind[] = [
  "task",
  "finding",
  "constitution",
  "template",
  "quick-ref",
  "spec",
  "plan",
  "operation",
  "event",
  "schema",
  "ai-doc",
  "code",
  "related",
];
/** What a heading and a reason cost, about; what is printed is counted exactly in the end. */
const HEADING = 30;
const MOST_ROUNDS = 5;
/** What is further down is worth no tokens, and counting it takes time. */
const MOST_CANDIDATES = 400;

/** Takes the worthiest candidates for which there is room, and tells which there was none for. The pack as printed is never over the budget. */
export function buildPack(input: PackInput): Pack {
  const { budget, count, render } = input;
  const candidates = input.candidates.slice(0, MOST_CANDIDATES);
  const costs = candidates.map(({ snippet }) => count(snippet.text));
  const taken = new Set<number>();
  const build = () => packOf(taken, candidates, costs, count);
  // Neighbours share a heading, so after the first filling there is room again.
  for (let round = 0, room = budget; round < MOST_ROUNDS && room > HEADING; round++) {
    const before = taken.size;
    for (const [index, cost] of costs.entries()) {
      if (taken.has(index) || cost + HEADING > room) continue;
      taken.add(index);
      room -= cost + HEADING;
    }
    if (taken.size === before) break;
    room = budget - count(render(build()));
  }
  const ranked = [...taken].sort((a, b) => a - b);
  while (taken.size > 0 && count(render(build())) > budget) taken.delete(ranked.pop() ?? 0);
  return build();
}

function packOf(
  taken: ReadonlySet<number>,
  candidates: readonly Candidate[],
  costs: readonly number[],
  count: (text: string) => number,
): Pack {
  const parts = merged(candidates.filter((_, index) => taken.has(index)));
  return {
    parts: parts.map((part) => ({ ...part, tokens: count(partText(part)) })),
    leftOut: candidates.flatMap(({ snippet: { kind, file, line, endLine }, reason }, index) =>
      taken.has(index) ? [] : [{ kind, file, line, endLine, reason, tokens: costs[index] ?? 0 }],
    ),
  };
}

/** A part as it is printed: where it stands, why it is there, what it says. */
export function partText({ file, line, endLine, reason, text }: Omit<PackPart, "tokens">): string {
  return `### ${file}:${line}-${endLine}\n(${reason})\n\n${text}\n`;
}

/** Neighbours in one file become one part. */
function merged(candidates: readonly Candidate[]): Omit<PackPart, "tokens">[] {
  const sorted = [...candidates].sort(
    (a, b) =>
      order.indexOf(a.snippet.kind) - order.indexOf(b.snippet.kind) ||
      (a.snippet.file < b.snippet.file
        ? -1
        : a.snippet.file > b.snippet.file
          ? 1
          : a.snippet.line - b.snippet.line),
  );
  const parts: {
    kind: SnippetKind;
    file: string;
    line: number;
    endLine: number;
    reasons: string[];
    text: string;
  }[] = [];
  for (const { snippet, reason } of sorted) {
    const { kind, file, line, endLine, text } = snippet;
    const last = parts.at(-1);
    if (last && last.kind === kind && last.file === file && line <= last.endLine + 3) {
      const gap = line - last.endLine - 1;
      last.text += `\n${gap > 0 ? "\n" : ""}${text}`;
      last.endLine = endLine;
      if (!last.reasons.includes(reason)) last.reasons.push(reason);
    } else parts.push({ kind, file, line, endLine, reasons: [reason], text });
  }
  return parts.map(({ reasons, ...part }) => ({
    ...part,
    reason: reasons.length > 2 ? `${reasons.slice(0, 2).join("; ")}; …` : reasons.join("; "),
  }));
}
