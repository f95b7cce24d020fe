import type { FaultsOptions, FaultsReport, Row } from "./run-faults.ts";

export interface RenderOptions extends Pick<FaultsOptions, "driver" | "seed" | "only"> {
  readonly seconds: number;
  readonly color: boolean;
  /** Where the logs stay when something was found. */
  readonly logDir: string;
}

const nameWidth = 45;
const columns = ["hits", "lost", "doubled", "stuck"] as const;
const width = 8;
/** A run that breaks brings much at once; this much tells what it is about. */
const mostFindings = 30;

/** What each point and trouble did, what was found, and what to do next; 80 columns wide. */
export function renderReport(report: FaultsReport, options: RenderOptions): string {
  const paint = painter(options.color);
  const lines = [
    `${"".padEnd(nameWidth)}${columns.map((name) => name.padStart(width)).join("")}`,
    ...rowsOf(report.rows, paint),
    "",
    ...findingsOf(report, paint),
    ...verdictOf(report, options, paint),
  ];
  return `${lines.join("\n")}\n`;
}

/** Whether something is wrong: found, or a point that no process died at. */
export function hasFailed({ rows, findings }: FaultsReport): boolean {
  return findings.length > 0 || rows.some(({ hits }) => hits === 0);
}

type Paint = Record<"bold" | "dim" | "red" | "green", (text: string) => string>;

function painter(color: boolean): Paint {
  const style = (code: number) => (text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { bold: style(1), dim: style(2), red: style(31), green: style(32) };
}

/** A line for each row, below headings for the service and the event that it shares with others. */
function rowsOf(rows: readonly Row[], paint: Paint): string[] {
  const lines: string[] = [];
  let above: readonly string[] = [];
  for (const row of rows) {
    const parts = partsOf(row.name);
    parts.slice(0, -1).forEach((part, depth) => {
      if (parts.slice(0, depth + 1).join() !== above.slice(0, depth + 1).join())
        lines.push(`${depth === 0 ? "\n" : indent(depth)}${paint.bold(part)}`);
    });
    above = parts;
    const name = `${indent(parts.length - 1)}${parts.at(-1)}`.padEnd(nameWidth);
    lines.push(name + columns.map((column) => cell(row, column, paint)).join(""));
  }
  return lines;
}

const indent = (depth: number) => "  ".repeat(depth);

/** `order-service/consumer.order.created.after-ack` as service, consumer and step; other names in a group of their own. */
function partsOf(name: string): string[] {
  const [service = "", point] = name.split("/");
  if (point === undefined) return ["the shop as a whole", name];
  const step = point.slice(point.lastIndexOf(".") + 1);
  return point.startsWith("consumer.") ? [service, point.slice(0, -step.length - 1), step] : [service, point];
}

function cell(row: Row, column: (typeof columns)[number], { dim, red }: Paint): string {
  const number = row[column];
  const text = (number === 0 && column !== "hits" ? "·" : `${number}`).padStart(width);
  const isBad = column === "hits" ? number === 0 : number > 0;
  if (isBad) return red(text);
  return column === "hits" ? text : dim(text);
}

function findingsOf({ findings }: FaultsReport, { red, bold }: Paint): string[] {
  const shown = findings.slice(0, mostFindings);
  const lines = shown.flatMap(({ run, what, kind, text }, index) => [
    ...(run === shown[index - 1]?.run ? [] : [bold(`run ${run}, ${what}`)]),
    ...wrapped(text).map((line, number) => `  ${number === 0 ? red(kind.padEnd(8)) : "".padEnd(8)}${line}`),
  ]);
  if (findings.length > shown.length) lines.push(`  and ${findings.length - shown.length} more`);
  return lines.length > 0 ? [...lines, ""] : [];
}

const textWidth = 70;

/** Lines that fit beside the kind of a finding; a word that is longer keeps its length. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= textWidth) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function verdictOf(report: FaultsReport, options: RenderOptions, paint: Paint): string[] {
  const { rows, findings, runs, orders } = report;
  const { driver, seed, seconds, logDir } = options;
  const did = `${counted(runs, "run")} with ${counted(orders, "order")} in ${durationOf(seconds)}, driver ${driver}, seed ${seed}`;
  const missed = rows.filter(({ hits }) => hits === 0).length;
  const more = optionsToRepeat(report, options);
  const again = (changed: string) => `  npm run faults -- --driver ${changed}${more}`;
  if (findings.length > 0) {
    return [
      paint.red(`✗ ${did}`),
      `  ${counted(findings.length, "finding")}. The logs are in ${logDir}`,
      "",
      "The same again:",
      again(`${driver} --seed ${seed} --runs ${runs}`),
    ];
  }
  if (missed > 0) {
    const tooFew = runs < report.runsForAll;
    return [
      paint.red(`✗ ${did}`),
      `  Nothing was lost, but ${counted(missed, "row")} with 0 hits proved nothing.`,
      "",
      tooFew ? "Enough runs to reach everything:" : "Nothing passes there. To look at one of them:",
      tooFew
        ? again(`${driver} --seed ${seed} --runs ${report.runsForAll}`)
        : `  npm run faults -- --driver ${driver} --only ${quoted(rows.find(({ hits }) => hits === 0)?.name ?? "")}`,
    ];
  }
  return [
    paint.green(`✓ ${did}`),
    "  Nothing lost, nothing doubled, nothing stuck.",
    `  ${(report.slowestMs / 1000).toFixed(1)} s after each run, at the most, all had settled.`,
    "",
    "Other moments, and the other driver:",
    again(`${driver} --seed ${seed + 1} --runs ${runs}`),
    again(`${driver === "embedded" ? "rabbit" : "embedded"} --seed ${seed} --runs ${runs}`),
  ];
}

/** With other points in a run, the same seed would choose something else. */
function optionsToRepeat({ pointsPerRun, runs, runsForAll }: FaultsReport, { only }: RenderOptions): string {
  const together = pointsPerRun > 1 || runs < runsForAll ? ` --together ${pointsPerRun}` : "";
  return `${only === undefined ? "" : ` --only ${quoted(only)}`}${together}`;
}

const quoted = (text: string) => (/^[\w./-]+$/.test(text) ? text : `'${text}'`);

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

function durationOf(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
