import { offeredOperations } from "../../catalog/catalog.ts";
import { nameOf } from "../../model/operation-purpose.ts";
import type { Spec } from "../../model/spec.ts";
import type { Service } from "../../model/workspace.ts";
import { clarificationsIn, withoutClarifications } from "../../parse/markdown/clarifications.ts";

/** Something that a specification leaves open; points are numbered in the order in which they stand. */
export interface OpenPoint {
  readonly number: number;
  readonly kind: "question" | "weak-word" | "edge-case" | "missing-scenario";
  /** The question, the word, or what has no scenario. */
  readonly text: string;
  readonly line: number;
  /** What an answer replaces: from a column of the line to one of its last line, from 1; undefined where it is added. */
  readonly span: readonly [from: number, to: number] | undefined;
  /** Where it ends, of a question that goes on over several lines. */
  readonly lastLine?: number;
}

/** Words that two people measure differently. */
const weak =
  /(?<![\p{L}\p{N}-])(?:(?:very |as )?(?:fast|quick(?:ly)?|slow(?:ly)?)|instant(?:ly|aneous(?:ly)?)?|as soon as possible|asap|in a timely manner|timely|easy|easily|user[- ]friendly|intuitive(?:ly)?|seamless(?:ly)?|robust|scalable|performant|efficient(?:ly)?|flexible|reasonable|reasonably|appropriate(?:ly)?|adequate(?:ly)?|sufficient(?:ly)?|if possible|where possible|as needed|if necessary|and so on|etc\.?|several|a few|many|some kind of|various|highly available|state[- ]of[- ]the[- ]art)(?![\p{L}\p{N}-])/giu;

/** Lists what is open in a specification: questions, weak words in what is promised, edge cases that only ask, and what has no scenario. */
export function openPoints(spec: Spec, text: string, service: Service | undefined): OpenPoint[] {
  const lines = text.split(/\r\n|\n|\r/);
  const found = [...questions(spec, lines), ...weakWords(spec, lines), ...edgeCases(spec)];
  found.sort((a, b) => a.line - b.line || (a.span?.[0] ?? 0) - (b.span?.[0] ?? 0));
  return [...found, ...missingScenarios(spec, service)].map((point, index) => ({
    number: index + 1,
    ...point,
  }));
}

type Found = Omit<OpenPoint, "number">;

/** Only lines on which the reader of the document saw a question: not those in code. */
function questions({ clarifications }: Spec, lines: readonly string[]): Found[] {
  const asked = [...new Set(clarifications.map(({ at }) => at.line))];
  return asked.flatMap((line) => {
    const text = paragraphFrom(lines, line);
    const begun = clarificationsIn(text).filter(({ index }) => !text.slice(0, index).includes("\n"));
    return begun.map(({ question, index, length }) => {
      const ended = text.slice(0, index + length).split("\n");
      return {
        kind: "question" as const,
        text: question || "What is meant here?",
        line,
        span: [index + 1, ended.at(-1)?.length ?? 0] as const,
        ...(ended.length > 1 && { lastLine: line + ended.length - 1 }),
      };
    });
  });
}

/** A line with what a question on it may go on over. */
function paragraphFrom(lines: readonly string[], line: number): string {
  const end = lines.findIndex((one, index) => index >= line && one.trim() === "");
  return lines.slice(line - 1, end === -1 ? undefined : end).join("\n");
}

function weakWords(
  { scenarios, requirements, successCriteria, stories, sections }: Spec,
  lines: readonly string[],
): Found[] {
  const ends = new Map(sections.map(({ at, endLine }) => [at.line, endLine]));
  const spans = [
    ...stories
      .filter(({ withdrawn }) => !withdrawn)
      .map(({ at }) => [at.line + 1, ends.get(at.line) ?? at.line] as const),
    ...[...scenarios, ...requirements, ...successCriteria].map(({ at }) => [at.line, at.line] as const),
  ];
  const promised = new Set(
    spans.flatMap(([from, to]) =>
      Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index),
    ),
  );
  const told = withoutClarifications(lines.join("\n")).split("\n");
  return [...promised].flatMap((line) => {
    const prose = (told[line - 1] ?? "").replace(/`[^`]*`/g, blank);
    if (/^#|~~/.test(prose)) return [];
    return Array.from(prose.matchAll(weak), ({ 0: word, index }) => ({
      kind: "weak-word" as const,
      text: word,
      line,
      span: [index + 1, index + word.length] as const,
    }));
  });
}

const blank = (text: string) => " ".repeat(text.length);

function edgeCases({ openEdgeCases }: Spec): Found[] {
  return openEdgeCases.map(({ text, at }) => ({ kind: "edge-case", text, line: at.line, span: undefined }));
}

function missingScenarios(
  { stories, scenarios, publishes, consumes }: Spec,
  service: Service | undefined,
): Found[] {
  const told = [...stories.map(({ title }) => title), ...scenarios.map(({ whole }) => whole)].join("\n");
  const isFirst = (service?.features.length ?? 0) < 2;
  const operations = isFirst && service ? offeredOperations(service) : [];
  const words = new Set(
    told
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .map((word) => word.slice(0, 5)),
  );
  const isTold = (text: string) =>
    text
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .filter((word) => word.length > 3)
      .every((word) => words.has(word.slice(0, 5)));
  const missing = (text: string, line = 1): Found => ({
    kind: "missing-scenario",
    text,
    line,
    span: undefined,
  });
  return [
    ...operations
      .filter(
        ({ path, operationId, summary }) =>
          !told.includes(path) &&
          !(operationId && told.includes(operationId)) &&
          !(summary && isTold(summary)),
      )
      .map((operation) => missing(nameOf(operation))),
    ...[...publishes, ...consumes]
      .filter(({ event }) => !told.includes(event))
      .map(({ event, at }) => missing(event, at.line)),
    ...stories
      .filter(({ withdrawn, scenarios: own }) => !withdrawn && own.length === 0)
      .map(({ title, at }) => missing(title, at.line)),
  ];
}
