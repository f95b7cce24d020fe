// What a pack leaves of the documents: forty questions about the example, each asked as an agent would.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, speckitJson } from "./workspace.mjs";

/** @typedef {{ service: string, question: string, answer: string, file: string, line: number, quote: string }} Question */
/** @typedef {{ question: Question, answered: boolean, tokens: number, budget: number }} Answer */

/** @returns {Question[]} */
export function readQuestions() {
  const text = readFileSync(join(root, "bench/tokens/questions.jsonl"), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/**
 * The line that answers a question: where the quotation stands, the nearest to where it stood when the question was written.
 * @param {string} workspace
 * @param {Question} question
 */
export function lineOf(workspace, { file, line, quote }) {
  const lines = readFileSync(join(workspace, file), "utf8").split("\n");
  const places = lines.flatMap((text, index) => (text.includes(quote) ? [index + 1] : []));
  return places.sort((a, b) => Math.abs(a - line) - Math.abs(b - line))[0];
}

/** A question is answered by a pack within its budget that has the line, with its text, from that file. @param {string} workspace @param {number} budget @returns {Promise<Answer[]>} */
export async function askQuestions(workspace, budget) {
  const answers = [];
  for (const question of readQuestions()) {
    const { service, question: about } = question;
    const asked = ["context", "implement", "--service", service, "--about", about];
    const { parts, tokens } = await speckitJson(workspace, [...asked, "--budget", String(budget)]);
    const line = lineOf(workspace, question) ?? 0;
    const quoted = parts.some(
      (/** @type {{ file: string, line: number, endLine: number, text: string }} */ part) =>
        part.file === question.file &&
        part.line <= line &&
        line <= part.endLine &&
        part.text.includes(question.quote),
    );
    answers.push({ question, answered: quoted && tokens <= budget, tokens, budget });
  }
  return answers;
}
