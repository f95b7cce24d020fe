// The measurements as tables.
import { OURS, scores } from "./evaluate.mjs";

/** @typedef {import("./evaluate.mjs").Answer} Answer */

/** @param {readonly Answer[]} answers */
export function searcherTable(answers) {
  const names = Object.keys(answers[0]?.places ?? {});
  // Who looks at names finds what is called so: the others are the harder ones, and counted by themselves too.
  const others = answers.filter(({ kind }) => kind !== "topic");
  return table(
    [`${answers.length} queries held out`, "MRR@10", "recall@10", "first hit right", "MRR@10 without topics"],
    names.map((name) => {
      const { mrr, recall, first } = scores(answers.map(({ places }) => places[name]));
      const harder = scores(others.map(({ places }) => places[name])).mrr;
      return [
        name === OURS ? `\`${name}\`` : name,
        mrr.toFixed(2),
        recall.toFixed(2),
        percent(first),
        harder.toFixed(2),
      ];
    }),
  );
}

/** @param {readonly Answer[]} answers */
export function kindTable(answers) {
  const kinds = [...new Set(answers.map(({ kind }) => kind))];
  const names = Object.keys(answers[0]?.places ?? {});
  return table(
    ["MRR@10 by kind of query", "queries", ...names],
    kinds.map((kind) => {
      const own = answers.filter((answer) => answer.kind === kind);
      return [
        kind,
        String(own.length),
        ...names.map((name) => scores(own.map(({ places }) => places[name])).mrr.toFixed(2)),
      ];
    }),
  );
}

/**
 * Shown percentages beside how often they were right, and the mean difference; and what is shown where nothing is the answer.
 * @param {readonly Answer[]} answers @param {readonly Answer[]} elsewhere
 */
export function calibrationTable(answers, elsewhere) {
  const hits = answers.flatMap((answer) => answer.hits);
  const bounds = [95, 90, 80, 70, 60, 50, 40, 30, 20, 10, 0];
  let error = 0;
  const rows = bounds.map((from, index) => {
    const to = (bounds[index - 1] ?? 101) - 1;
    const own = hits.filter(({ relevance }) => relevance >= from && relevance <= to);
    const shown = mean(own.map(({ relevance }) => relevance / 100));
    const right = mean(own.map((hit) => (hit.right ? 1 : 0)));
    error += (Math.abs(shown - right) * own.length) / hits.length;
    return own.length === 0
      ? undefined
      : [`${from} to ${to} %`, String(own.length), percent(shown), percent(right)];
  });
  const first = answers
    .flatMap((answer) => answer.hits.slice(0, 1))
    .filter(({ relevance }) => relevance >= 95);
  const sure = percent(mean(first.map(({ right }) => (right ? 1 : 0))));
  return `${table(
    ["shown as", "hits", "shown on average", "right"],
    rows.filter((row) => row !== undefined),
  )}

Expected calibration error: ${(error * 100).toFixed(1)} percentage points over ${hits.length.toLocaleString("en")} hits. Of the ${first.length} first hits that are shown as 95 % or more, ${sure} are right.

${strangers(elsewhere)}`;
}

/** @param {readonly Answer[]} elsewhere */
function strangers(elsewhere) {
  const first = elsewhere.map(({ hits }) => hits[0]?.relevance ?? 0);
  const from = (/** @type {number} */ bound) =>
    percent(mean(first.map((relevance) => (relevance >= bound ? 1 : 0))));
  return `Of ${first.length} queries that were made from another package, so that nothing here is the answer, the first hit is shown as ${percent(mean(first) / 100)} on average, as 50 % or more for ${from(50)} of them, as 80 % or more for ${from(80)}.`;
}

/** @param {readonly number[]} numbers */
function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
}

/** @param {number} share */
function percent(share) {
  return `${(share * 100).toFixed(0)} %`;
}

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
export function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, index) => (index === 0 ? "---" : "---:"));
  return [head, rule, ...rows].map(line).join("\n");
}
