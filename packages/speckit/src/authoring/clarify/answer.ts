import type { Spec } from "../../model/spec.ts";
import type { OpenPoint } from "./open-points.ts";

export interface Answer {
  readonly point: OpenPoint;
  readonly text: string;
}

/** An answer that cannot be written where it belongs. */
export class AnswerRefused extends Error {}

/**
 * Writes answers into the text of a specification, each where its question stands; nothing else is touched, line ends included.
 * @throws AnswerRefused when a scenario is asked for and the answer is none
 */
export function writeAnswers(spec: Spec, text: string, answers: readonly Answer[]): string {
  const ending = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = text.split(/\r\n|\n|\r/);
  // From the end to the beginning, so that what was found before stays where it is.
  const inPlace = answers
    .filter(({ point }) => point.kind !== "missing-scenario")
    .sort((a, b) => b.point.line - a.point.line || (b.point.span?.[0] ?? 0) - (a.point.span?.[0] ?? 0));
  for (const answer of inPlace) {
    const { line, lastLine = line } = answer.point;
    lines.splice(
      line - 1,
      lastLine - line + 1,
      replaced(lines[line - 1] ?? "", lines[lastLine - 1] ?? "", answer),
    );
  }
  const scenarios = answers.filter(({ point }) => point.kind === "missing-scenario");
  const taken = spec.stories.map(({ id }) => Number(/\d+/.exec(id)?.[0] ?? 0));
  const blocks = scenarios.map(({ point, text: answer }, index) =>
    scenarioLines(point, answer, Math.max(0, ...taken) + 1 + index, spec.form),
  );
  if (blocks.length > 0) insertScenarios(lines, spec, blocks);
  return lines.join(ending);
}

function replaced(line: string, lastLine: string, { point: { span }, text }: Answer): string {
  const answer = oneLine(text);
  // A bar would begin another cell.
  const safe = line.trimStart().startsWith("|") ? answer.replace(/(?<!\\)\|/g, "\\|") : answer;
  if (!span) return `${line.trimEnd()} ${safe}`;
  return line.slice(0, span[0] - 1) + safe + lastLine.slice(span[1]);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

const parts =
  /^(?:(?<title>[^:]{1,80}):\s*)?given\s+(?<given>.+?)[,.;]?\s+when\s+(?<when>.+?)[,.;]?\s+then\s+(?<then>.+?)\.?$/iu;

function scenarioLines(point: OpenPoint, text: string, number: number, form: Spec["form"]): string[] {
  const groups = parts.exec(oneLine(text).replace(/\*\*/g, ""))?.groups;
  if (!groups)
    throw new AnswerRefused(
      `Answer ${point.number} must be a scenario: --answer ${point.number}="TITLE: Given …, when …, then …".`,
    );
  const { title = point.text, given = "", when = "", then = "" } = groups;
  if (form === "feature")
    return [
      `### User Story ${number} - ${title} (Priority: P${number})`,
      "",
      `1. **Given** ${given}, **When** ${when}, **Then** ${then}`,
    ];
  return [`### P${number}: ${title}`, `**Given** ${given}`, `**When** ${when}`, `**Then** ${then}`];
}

/** Behind the last story; where there is none, below a heading of their own at the end. */
function insertScenarios(lines: string[], { stories, sections }: Spec, blocks: readonly string[][]): void {
  const last = stories.at(-1);
  const end = last && sections.find(({ at }) => at.line === last.at.line)?.endLine;
  let at = end ?? lines.length;
  while (at > 0 && (lines[at - 1] ?? "").trim() === "") at--;
  const heading = end === undefined ? ["", "## User Scenarios"] : [];
  lines.splice(at, 0, ...heading, ...blocks.flatMap((block) => ["", ...block]));
}
