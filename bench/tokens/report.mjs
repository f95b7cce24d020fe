// The measurements as tables of docs/explanation/tokens.md.
import { saving } from "./table.mjs";

/** @typedef {import("./table.mjs").Table} Table */
/** @typedef {"traditional" | "optimised" | "aggressive"} Kind */

/** What this project claimed for five services when it began, by what is loaded. @type {Record<Kind, readonly (readonly [string, string])[]>} */
const claims = {
  traditional: [
    ["specs", "12,000"],
    ["contracts", "8,000"],
    ["Dependencies", "manual reading"],
    ["Making", "20,000"],
  ],
  optimised: [
    ["service-catalog", "500"],
    ["find", "300"],
    ["Quick-refs", "800"],
    ["The spec", "2,400"],
    ["budget", "100"],
    ["Making", "8,000"],
  ],
  aggressive: [],
};
const totals = { traditional: "~40,000", optimised: "~12,000", aggressive: "5,000–7,000" };
const goals = { optimised: 70, aggressive: 85 };
/** @type {readonly Kind[]} */
const kinds = ["traditional", "optimised", "aggressive"];

/** The example, each row beside what is claimed. @param {Table} example */
export function claimsTable(example) {
  const rows = kinds.flatMap((kind) => {
    const { rows: measured, total } = example[kind];
    const saved = kind === "traditional" ? "" : `, ${percent(saving(example, kind))} less`;
    return [
      ...measured.map(({ name, tokens }) => [kind, name, claimFor(kind, name), number(tokens)]),
      [kind, "**Total**", totals[kind] + claimedSaving(kind), `**${number(total)}${saved}**`],
    ];
  });
  return table(["approach", "what is loaded", "claimed", "measured"], rows);
}

/** @param {Kind} kind @param {string} name */
function claimFor(kind, name) {
  return claims[kind].find(([part]) => name.includes(part))?.[1] ?? "";
}

/** @param {Kind} kind */
function claimedSaving(kind) {
  return kind === "traditional" ? "" : `, ${goals[kind]} % less`;
}

/** The example and larger fleets, by what is counted. @param {readonly Table[]} tables */
export function fleetTable(tables) {
  const cell = (
    /** @type {Table} */ one,
    /** @type {Kind} */ kind,
    /** @type {"total" | "fullest" | "sent"} */ of,
  ) =>
    kind === "traditional"
      ? number(one[kind][of])
      : `${number(one[kind][of])} (−${percent(saving(one, kind, of))})`;
  const names = {
    total: "in the context, change done",
    fullest: "in the context at its fullest",
    sent: "sent in all calls",
  };
  return table(
    ["services", "tokens", ...kinds],
    tables.flatMap((one) =>
      /** @type {const} */ (["total", "fullest", "sent"]).map((of) => [
        number(one.services),
        names[of],
        ...kinds.map((kind) => cell(one, kind, of)),
      ]),
    ),
  );
}

/** What the commands print, by size of the fleet. @param {readonly Table[]} tables */
export function outputTable(tables) {
  const limits = { "service-catalog": 500, find: 300, budget: 100 };
  return table(
    [
      "tokens printed",
      "at most, for 5 services",
      ...tables.map(({ services }) => `${number(services)} services`),
    ],
    Object.entries(limits).map(([command, limit]) => [
      `\`${command}\``,
      number(limit),
      ...tables.map(({ optimised }) =>
        number(optimised.rows.find(({ name }) => name.startsWith(`\`${command}`))?.tokens ?? Number.NaN),
      ),
    ]),
  );
}

/** @param {readonly (readonly import("./questions.mjs").Answer[])[]} runs One for each budget. */
export function questionTable(runs) {
  const rows = runs.map((answers) => {
    const answered = answers.filter((one) => one.answered).length;
    const tokens = answers.map((one) => one.tokens);
    return [
      number(answers[0]?.budget ?? 0),
      `**${answered} of ${answers.length}**`,
      number(tokens.reduce((sum, one) => sum + one, 0) / tokens.length),
      number(Math.max(...tokens)),
    ];
  });
  const missed = (runs.at(-1) ?? []).filter(({ answered }) => !answered);
  const lines = missed.map(
    ({ question }) => `- ${question.service}: ${question.question} (\`${question.file}\`)`,
  );
  const list =
    lines.length === 0 ? [] : ["", "Not answered with the largest of these budgets:", "", ...lines];
  return [table(["budget", "answered", "tokens of a pack, mean", "largest"], rows), ...list].join("\n");
}

/** @param {readonly import("./packs.mjs").PackCost[]} costs */
export function packTable(costs) {
  return table(
    ["command", "prompt", "`context`", "both", "budget of the pack", "whole files instead"],
    costs.map(({ command, prompt, pack, budget, files }) => [
      `\`${command}\``,
      prompt === undefined ? "–" : number(prompt),
      number(pack),
      number(pack + (prompt ?? 0)),
      number(budget),
      files === undefined ? "–" : number(files),
    ]),
  );
}

/** @param {number} value */
function number(value) {
  return Math.round(value).toLocaleString("en");
}

/** Rounded down: what is not reached is not shown as reached. @param {number} value */
function percent(value) {
  return `${(Math.floor(value * 10) / 10).toFixed(1)} %`;
}

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(" | ")} |`;
  const isNumber = (/** @type {number} */ index) =>
    /\d/.test(rows[0]?.[index] ?? "") && !/[a-z]/.test(rows[0]?.[index] ?? "");
  return [head, head.map((_, index) => (isNumber(index) ? "---:" : "---")), ...rows].map(line).join("\n");
}
