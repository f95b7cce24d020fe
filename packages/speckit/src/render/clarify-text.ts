import type { OpenPoint } from "../authoring/clarify/open-points.ts";
import { marked, paint, type TextStyle, wrap } from "./text-style.ts";

export interface ClarifyReport {
  readonly file: string;
  readonly answered: number;
  readonly open: readonly OpenPoint[];
  readonly next: string;
}

const says: Readonly<Record<OpenPoint["kind"], (text: string) => string>> = {
  question: (text) => text,
  "weak-word": (text) => `'${text}' can mean anything: what exactly?`,
  "edge-case": (text) => text,
  "missing-scenario": (text) => `${text} has no scenario: given what, when, then what?`,
};

/** What is open, numbered, and how to answer. */
export function renderClarifyText({ file, answered, open, next }: ClarifyReport, style: TextStyle): string {
  const colors = paint(style);
  const width = String(open.at(-1)?.number ?? "").length;
  const points = open.map(({ number, kind, text, line }) => {
    const head = `${String(number).padStart(width)}. `;
    const question = wrap(says[kind](text), head.length, style).trimStart();
    return `${head}${question}\n${" ".repeat(head.length)}${colors.dim(`${file}:${line}`)}`;
  });
  const done =
    answered > 0
      ? [marked("✅", `${answered} answer${answered === 1 ? "" : "s"} written to ${file}`, style)]
      : [];
  const state =
    open.length === 0
      ? marked("✅", `Nothing is open in ${file}`, style)
      : marked(
          "⚠️ ",
          `${open.length} ${open.length === 1 ? "point is" : "points are"} open; none of them blocks plan or tasks`,
          style,
        );
  return `${[...done, ...points, state, `${colors.dim("Next:")} ${colors.cyan(next)}`].join("\n\n")}\n`;
}
