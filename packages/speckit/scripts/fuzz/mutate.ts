import type { Random } from "./random.ts";

/** What readers look for, and what trips them. */
const tokens = [
  ..."{}[]()|>-*#`'\"&!%@:,?~\\/\t\r\u0000\uFEFF\u200B\uD83D",
  "\r\n",
  "\n\n",
  "---\n",
  "```",
  "~~~\n",
  "<!--",
  "-->",
  "**Given** ",
  "**When** ",
  "**Then** ",
  "Given",
  "当",
  "那么",
  "（",
  "- [ ] T001 [P] [US1] ",
  "- [x] ",
  "### Task 1.1: ",
  "- File: ",
  "- Dependencies: ",
  "| --- | --- |\n",
  "| a | b |\n",
  "# ",
  "###### ",
  "1. ",
  "FR-001",
  "SC-999",
  "[NEEDS CLARIFICATION: ",
  "TODO",
  "&a ",
  "*a",
  "<<: ",
  "? ",
  "!!binary ",
  "$ref: '#'",
  '"$ref": "#/"',
  "'#/components/schemas/~1~0%25'",
  "__proto__: ",
  "constructor: ",
  "openapi: 3.1.0\n",
  "required: [",
  "1e999",
  "-0",
  "null",
  "2026-02-30",
];

/** One small damage to a text. `other` is a text to take pieces from. */
type Damage = (text: string, random: Random, other: string) => string;

const damages: readonly Damage[] = [
  (text, random) => splice(text, random, random.below(20), ""),
  (text, random) => splice(text, random, 0, random.pick(tokens)),
  (text, random) => splice(text, random, random.below(4), random.pick(tokens)),
  (text, random) => splice(text, random, 0, random.pick(tokens).repeat(1 + random.below(400))),
  (text, random) => splice(text, random, 0, longRun(random)),
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => text.slice(random.below(text.length + 1)),
  (text, random, other) => splice(text, random, random.below(80), piece(other, random)),
  (text, random) => splice(text, random, 0, piece(text, random)),
  (text) => text.replaceAll("\n", "\r\n"),
  (text) => `\uFEFF${text}`,
  (text, random) => onLines(text, random, (line) => `${" ".repeat(random.below(6))}${line}`),
  (text, random) => onLines(text, random, (line) => line.trimStart()),
  (text, random) => onLines(text, random, (line) => `${line}\n${line}`),
  (text, random) => onLines(text, random, () => ""),
  (text, random) => onLines(text, random, (line) => line.repeat(1 + random.below(200))),
  (text, random) => onLines(text, random, (line) => line.replace(/:.*/, ": []")),
  (text, random) => onLines(text, random, (line) => line.replace(/[^:]*$/, " 42")),
  (text, random) => nest(text, random),
];

/** Regular expressions that try every way to read a text show themselves on such. */
function longRun(random: Random): string {
  const unit = random.pick([
    "a",
    "aA",
    "a-",
    "a_a.",
    "a: ",
    " ",
    "(",
    "[",
    "`",
    "``a`",
    "**",
    "*a",
    "<!--",
    "/a",
    "1.",
    "、",
  ]);
  return unit.repeat(random.pick([40, 400, 20_000])).slice(0, 20_000);
}

/** A text with one to six damages. */
export function mutate(text: string, random: Random, other: string): string {
  let damaged = text;
  for (let count = 1 + random.below(6); count > 0; count--) {
    damaged = random.pick(damages)(damaged, random, other).slice(0, 60_000);
  }
  return damaged;
}

function splice(text: string, random: Random, drop: number, put: string): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + put + text.slice(at + drop);
}

function piece(text: string, random: Random): string {
  const from = random.below(text.length + 1);
  return text.slice(from, from + random.below(400));
}

function onLines(text: string, random: Random, change: (line: string) => string): string {
  const lines = text.split("\n");
  const from = random.below(lines.length);
  const to = from + 1 + random.below(3);
  return lines.map((line, index) => (index >= from && index < to ? change(line) : line)).join("\n");
}

/** Puts a deep nest where one value stood. */
function nest(text: string, random: Random): string {
  const depth = random.below(1000);
  const [open, close] = random.pick([
    ["[", "]"],
    ['{"a":', "}"],
    ["> ", ""],
    ["- ", ""],
    ["**", "**"],
  ] as const);
  return splice(text, random, 0, open.repeat(depth) + close.repeat(random.chance(0.5) ? depth : 0));
}
