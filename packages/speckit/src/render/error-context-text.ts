import { listing } from "../checks/listing.ts";
import { marked, paint, type TextStyle, wrap } from "./text-style.ts";

/** What `error-context` found, with its places looked up: the JSON of the command. */
export interface ErrorContext {
  readonly message: string;
  readonly status: number | undefined;
  readonly infrastructure: boolean;
  readonly services: readonly string[];
  readonly places: readonly {
    readonly file: string;
    readonly line: number;
    readonly endLine: number;
    readonly heading: string;
    readonly service: string | undefined;
    readonly reason: "given" | "stack" | "literal" | "search";
    readonly relevance: number | undefined;
    readonly excerpt: string;
  }[];
  readonly causes: readonly {
    readonly id: string;
    readonly kind: string;
    readonly title: string;
    readonly why: string;
    readonly check: string;
    readonly evidence: readonly {
      readonly text: string;
      readonly file?: string | undefined;
      readonly line?: number | undefined;
    }[];
  }[];
  readonly touches: readonly {
    readonly kind: string;
    readonly service: string | undefined;
    readonly name: string;
    readonly file: string;
    readonly line: number;
    readonly via: string;
  }[];
  readonly concerned: readonly {
    readonly service: string;
    readonly owner: string | undefined;
    readonly reasons: readonly string[];
    readonly file?: string | undefined;
    readonly line?: number | undefined;
  }[];
  readonly readNext: readonly {
    readonly file: string;
    readonly line: number;
    readonly endLine: number;
    readonly why: string;
    readonly tokens: number;
  }[];
}

const MOST_PLACES = 4;
const MOST_EXCERPTS = 2;
const MOST_CAUSES = 3;
const MOST_EVIDENCE = 4;
const MOST_TOUCHED = 8;
const MOST_CONCERNED = 6;
const LONGEST_NAME = 76;
/** Percent. */
const LIKELY = 50;

const reasons = {
  given: () => "as you said",
  stack: () => "in the stack trace",
  literal: () => "has these words",
  search: (relevance: number | undefined) => `resembles it, ${relevance ?? 0}%`,
} as const;

/** What a person or an agent reads of an error: what kind it is, where it arises, why, what it touches, whom it concerns, what to read. */
export function renderErrorContextText(context: ErrorContext, next: string, style: TextStyle): string {
  const colors = paint(style);
  const blocks = [
    [wrap(colors.bold(context.message), 0, style), ...headline(context, style)].join("\n"),
    chapter(isKnown(context) ? "Where it arises" : "Places that resemble it", places(context, style), style),
    chapter(context.causes.length === 1 ? "Likely cause" : "Likely causes", causes(context, style), style),
    chapter("What it touches", touched(context, style), style),
    chapter("Who is concerned", concerned(context, style), style),
    chapter(
      `Read next (${context.readNext.reduce((sum, { tokens }) => sum + tokens, 0)} tokens)`,
      readings(context, style),
      style,
    ),
    `${colors.dim("Next:")} ${colors.cyan(next)}`,
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** A place that was given, is in the trace, has the words, or resembles them more than not. */
function isKnown({ places: all }: ErrorContext): boolean {
  return all.some(({ reason, relevance = 0 }) => reason !== "search" || relevance >= LIKELY);
}

function headline(
  { infrastructure, services, causes, places: found }: ErrorContext,
  style: TextStyle,
): string[] {
  const where = services.length === 0 ? "" : ` It shows in ${listing(services)}.`;
  if (infrastructure) {
    const unproven = "Look at what runs the services before their specs and code.";
    return [marked("⚠️ ", `An infrastructure error.${where} ${unproven}`, style)];
  }
  if (causes.length === 0 && found.length === 0)
    return [
      marked("ℹ️ ", "Nothing in this workspace is known to say this, and no cause is known for it.", style),
    ];
  return where === "" ? [] : [wrap(where.trim(), 0, style)];
}

function chapter(title: string, lines: readonly string[], style: TextStyle): string {
  return lines.length === 0 ? "" : [paint(style).bold(title), ...lines].join("\n");
}

function places({ places: all }: ErrorContext, style: TextStyle): string[] {
  const { dim } = paint(style);
  return all.slice(0, MOST_PLACES).flatMap(({ file, line, heading, reason, relevance, excerpt }, index) => {
    const note = [heading, reasons[reason](relevance)].filter(Boolean).join(", ");
    const shown =
      index < MOST_EXCERPTS && excerpt !== ""
        ? excerpt.split("\n").map((text) => dim(cut(`    ${text}`, style)))
        : [];
    return [placed(`${file}:${line}`, note, style), ...shown];
  });
}

function causes({ causes: all }: ErrorContext, style: TextStyle): string[] {
  const { bold, dim } = paint(style);
  const rest = all.slice(MOST_CAUSES);
  return [
    ...all.slice(0, MOST_CAUSES).flatMap(({ id, kind, title, why, check, evidence }) => [
      wrap(`${bold(title)} ${dim(`(${id}, ${kind})`)}`, 2, style),
      ...evidence.slice(0, MOST_EVIDENCE).map(({ text, file, line }) => {
        const [first = ""] = text.split("\n");
        return file === undefined ? marked("•", first, style, 4) : placed(`${file}:${line}`, first, style, 4);
      }),
      wrap(why, 4, style),
      marked("→", check, style, 4),
    ]),
    ...(rest.length > 0 ? [`  and ${rest.length} more: ${rest.map(({ id }) => id).join(", ")}`] : []),
  ];
}

function touched({ touches }: ErrorContext, style: TextStyle): string[] {
  const rest = touches.length - MOST_TOUCHED;
  return [
    ...touches
      .slice(0, MOST_TOUCHED)
      .map(({ kind, name, file, line }) => placed(`${file}:${line}`, shortened(`${kind} ${name}`), style)),
    ...(rest > 0 ? [`  and ${rest} more: \`--json\``] : []),
  ];
}

function concerned({ concerned: all }: ErrorContext, style: TextStyle): string[] {
  const { bold, dim } = paint(style);
  return all.slice(0, MOST_CONCERNED).map(({ service, owner, reasons: why }) => {
    const some = why.length > 3 ? [...why.slice(0, 3), `and ${why.length - 3} more`] : why;
    return wrap(
      `${bold(service)}${owner === undefined ? "" : ` ${dim(owner)}`}: ${some.join(", ")}`,
      2,
      style,
    );
  });
}

function readings({ readNext }: ErrorContext, style: TextStyle): string[] {
  return readNext.map(({ file, line, endLine, why, tokens }) =>
    placed(`${file}:${line}-${endLine}`, `${tokens} tokens, ${why}`, style),
  );
}

/** A place, and a note behind or below it. Places are never broken, so that they can be clicked. */
function placed(place: string, note: string, style: TextStyle, indent = 2): string {
  const blank = " ".repeat(indent);
  const { cyan } = paint(style);
  if (indent + place.length + 2 + note.length <= style.columns) return `${blank}${cyan(place)}  ${note}`;
  return `${blank}${cyan(place)}\n${wrap(note, indent + 2, style)}`;
}

/** The id and the first words say which one it is. */
function shortened(text: string): string {
  return text.length > LONGEST_NAME ? `${text.slice(0, text.lastIndexOf(" ", LONGEST_NAME))} …` : text;
}

function cut(text: string, { columns }: TextStyle): string {
  return text.length > columns ? `${text.slice(0, columns - 1)}…` : text;
}
