import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { measureExample } from "../../bench/tokens/example.mjs";
import { lineOf, readQuestions } from "../../bench/tokens/questions.mjs";
import { saving } from "../../bench/tokens/table.mjs";
import { example } from "../../bench/tokens/workspace.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(join(root, "docs/explanation/tokens.md"), "utf8");
/** Documents grow by a sentence now and then; figures that are further off are to be measured again: `npm run bench:tokens`. */
const TOLERANCE = 0.05;

let measured: Awaited<ReturnType<typeof measureExample>>;
beforeAll(async () => {
  measured = await measureExample([3000]);
}, 600_000);

test.each([
  ["optimised", 70],
  ["aggressive", 85],
] as const)("working on order-service %s needs at least %i percent fewer tokens", (kind, goal) => {
  expect(saving(measured.table, kind)).toBeGreaterThanOrEqual(goal);
});

test.each([
  ["service-catalog", 500],
  ["find", 300],
  ["budget", 100],
])("%s prints at most %i tokens", (command, most) => {
  const row = measured.table.optimised.rows.find(({ name }) => name.startsWith(`\`${command}`));
  expect(row?.tokens).toBeGreaterThan(0);
  expect(row?.tokens).toBeLessThanOrEqual(most);
});

test("at least 38 of 40 questions are answered by a pack that quotes the place", () => {
  const answers = measured.answers.at(-1) ?? [];
  const missed = answers.filter(({ answered }) => !answered).map(({ question }) => question.question);
  expect(answers).toHaveLength(40);
  expect(missed.length, missed.join("\n")).toBeLessThanOrEqual(2);
});

test("what a question quotes stands in the example", () => {
  const gone = readQuestions().filter((one) => lineOf(join(root, example), one) === undefined);
  expect(gone).toEqual([]);
});

test("a pack stays within its budget", () => {
  expect(measured.packs.length).toBeGreaterThan(8);
  expect(measured.packs.filter(({ pack, budget }) => pack > budget)).toEqual([]);
});

test.each(["traditional", "optimised", "aggressive"] as const)("the page says what %s takes", (kind) => {
  const written =
    new RegExp(`^\\| ${kind} \\| \\*\\*Total\\*\\* \\|.*\\*\\*([\\d,]+)`, "m").exec(page)?.[1] ?? "";
  const { total } = measured.table[kind];
  expect(Math.abs(Number(written.replaceAll(",", "")) - total) / total).toBeLessThan(TOLERANCE);
});

test("the page says how many questions are answered", () => {
  const written = [...page.matchAll(/\*\*(\d+) of 40\*\*/g)].at(-1)?.[1];
  const now = (measured.answers.at(-1) ?? []).filter(({ answered }) => answered).length;
  // Nothing is claimed that no longer holds.
  expect(Number(written)).toBeGreaterThan(0);
  expect(Number(written)).toBeLessThanOrEqual(now);
});
