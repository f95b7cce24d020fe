import { marked, paint, type TextStyle } from "./text-style.ts";

/** Something that the doctor saw. Only errors fail a run. */
export interface DoctorItem {
  /** kebab-case, names the bad state. */
  readonly id: string;
  readonly level: "error" | "attention" | "note";
  readonly message: string;
  /** A command, or what to do. */
  readonly fix?: string;
}

export interface DoctorReport {
  readonly name: string;
  readonly version: string;
  readonly node: string;
  readonly git: string | null;
  readonly ok: boolean;
  /** The worst first. */
  readonly items: readonly DoctorItem[];
}

const marks = { error: "❌", attention: "⚠️", note: "ℹ️" } as const;

export function renderDoctorText(
  { name, version, node, git, items }: DoctorReport,
  style: TextStyle,
): string {
  const { bold, dim, cyan } = paint(style);
  const urgent = items.filter(({ level }) => level !== "note");
  return [
    `${bold(name)}  ${dim(`speckit ${version}, Node ${node}, ${git === null ? "no git" : `git ${git}`}`)}`,
    "",
    ...(urgent.length === 0 ? [marked("✅", "Nothing is missing, nothing drifted.", style)] : []),
    ...items.flatMap(({ level, message, fix }) => [
      marked(marks[level], message, style),
      ...(fix === undefined ? [] : [marked("→", fix, style, 3)]),
    ]),
    "",
    `${dim("Next:")} ${cyan(urgent.find(({ fix }) => fix?.startsWith("speckit "))?.fix ?? "speckit")}`,
  ]
    .join("\n")
    .concat("\n");
}
