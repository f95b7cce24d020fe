import type { BlockChange } from "../authoring/revise/revise.ts";
import { describeStale, type StaleReference } from "../model/summary.ts";
import { changeText } from "./draft-text.ts";
import { grouped } from "./grouped.ts";
import { marked, paint, type TextStyle } from "./text-style.ts";

/** What became of one of the two documents. */
export interface DocumentedFile {
  readonly file: string;
  readonly kind: "quick-ref" | "ai-doc";
  /** `missing` and `stale` where nothing was to be written. */
  readonly outcome: "written" | "revised" | "unchanged" | "missing" | "stale";
  readonly written: boolean;
  readonly tokens: number;
  /** Most tokens that it should have; undefined for ai-doc.md. */
  readonly target: number | undefined;
  /** Lines that did not fit. */
  readonly leftOut: number;
  readonly changes: readonly BlockChange[];
  /** References that lead nowhere: a person wrote them, and the code went on. */
  readonly stale: readonly StaleReference[];
  readonly shown: string;
}

export interface DocumentedFeature {
  readonly service: string;
  readonly feature: string | undefined;
  readonly files: readonly DocumentedFile[];
}

export interface DocumentedReport {
  readonly mode: "write" | "check" | "print";
  readonly features: readonly DocumentedFeature[];
  /** Services that have no folder for documents. */
  readonly without: readonly string[];
  /** The service that the command was told, if only one. */
  readonly service: string | undefined;
}

/** Of more features those that are as they should be are counted. */
const FEW = 10;

export function renderDocumentedText(
  { mode, features, without, service }: DocumentedReport,
  style: TextStyle,
): string {
  const { dim, cyan } = paint(style);
  const files = features.flatMap((feature) => feature.files);
  // The lines of one feature are read; those of a fleet are for git to show.
  const diffs =
    mode === "write" && features.length === 1
      ? files.flatMap(({ outcome, changes }) =>
          outcome === "revised" ? changes.map((change) => changeText(change, style)) : [],
        )
      : [];
  const isQuiet = ({ outcome, changes, stale }: DocumentedFile) =>
    features.length > FEW && outcome === "unchanged" && changes.length === 0 && stale.length === 0;
  const quiet = files.filter(isQuiet).length;
  const lines = [
    ...(quiet > 0 ? [marked("✅", `${grouped(quiet)} documents up to date`, style)] : []),
    ...files.filter((file) => !isQuiet(file)).flatMap((file) => fileLines(file, style)),
    ...without.map((name) => marked("⚠️ ", `${name} has no folder specs/NNN-slug: nothing written`, style)),
  ];
  const next = `${dim("Next:")} ${cyan(nextOf(mode, files, service))}`;
  return `${[...diffs, lines.join("\n"), next].join("\n\n")}\n`;
}

const outcomes: Readonly<Record<DocumentedFile["outcome"], string>> = {
  written: "written",
  revised: "updated",
  unchanged: "up to date",
  missing: "missing",
  stale: "stale",
};

function fileLines(
  { file, outcome, tokens, target, leftOut, changes, stale }: DocumentedFile,
  style: TextStyle,
): string[] {
  const isBad = outcome === "missing" || outcome === "stale";
  const size = target === undefined ? `${grouped(tokens)} tokens` : `${tokens} of ${target} tokens`;
  const named = (kinds: readonly BlockChange["kind"][]) =>
    changes.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => sectionName(name));
  const changed = named(["added", "changed", "dropped"]);
  const kept = named(["kept"]);
  const note = (text: string) => marked("→", text, style, 3);
  return [
    marked(
      isBad ? "❌" : "✅",
      `${file} ${outcomes[outcome]}${outcome === "missing" ? "" : `, ${size}`}`,
      style,
    ),
    ...(changed.length > 0 ? [note(`${isBad ? "Differs" : "Changed"}: ${changed.join(", ")}`)] : []),
    ...(kept.length > 0 ? [note(`Kept as you wrote it: ${kept.join(", ")}`)] : []),
    ...stale.map((one) => marked("⚠️ ", `Line ${one.at.line}: ${describeStale(one)}`, style, 3)),
    ...(target !== undefined && tokens > target
      ? [
          marked(
            "⚠️ ",
            `What a person wrote has more than ${target} tokens: shorten it, or let it be written anew with --force`,
            style,
            3,
          ),
        ]
      : leftOut > 0 && outcome !== "unchanged"
        ? [note(`${leftOut === 1 ? "1 line" : `${leftOut} lines`} left out to fit`)]
        : []),
  ];
}

function sectionName(line: string): string {
  return line.replace(/^#+\s*|\*\*|:\s*$/g, "").replace(/:$/, "");
}

function nextOf(
  mode: DocumentedReport["mode"],
  files: readonly DocumentedFile[],
  service: string | undefined,
): string {
  const flag = service === undefined ? "" : ` --service=${service}`;
  const isStale = files.some(({ outcome }) => outcome === "missing" || outcome === "stale");
  if (mode === "check" && isStale) return `speckit document --update${flag}`;
  return files.some(({ stale }) => stale.length > 0) ? `speckit validate${flag}` : "speckit service-catalog";
}

export function renderDocumentedJson({ mode, features, without }: DocumentedReport): string {
  const documents = features.flatMap(({ service, feature, files }) =>
    files.map(({ shown, stale, ...file }) => ({
      service,
      feature: feature ?? null,
      ...file,
      stale: stale.map((one) => ({ line: one.at.line, reference: one.text, message: describeStale(one) })),
      text: mode === "print" ? shown : undefined,
    })),
  );
  const ok = documents.every(
    ({ outcome, stale }) =>
      outcome !== "missing" && outcome !== "stale" && (mode !== "check" || stale.length === 0),
  );
  return `${JSON.stringify({ schemaVersion: 1, command: "document", ok, documents, withoutFolder: without }, null, 2)}\n`;
}
