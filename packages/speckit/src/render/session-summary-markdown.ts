import { groupBy } from "../model/group-by.ts";
import type { SessionError } from "../tokens/session-digest.ts";
import type { Concern, FeatureState, SessionSummary, TouchedFile } from "../tokens/session-summary.ts";

/** How much of everything is written down. */
export interface Detail {
  /** Entries of each list. */
  readonly items: number;
  /** Characters of each entry. */
  readonly characters: number;
}

/** From much to little: a summary takes the first that fits its target. */
export const details: readonly Detail[] = [
  { items: 30, characters: 600 },
  { items: 20, characters: 400 },
  { items: 12, characters: 300 },
  { items: 8, characters: 200 },
  { items: 5, characters: 140 },
  { items: 3, characters: 100 },
  { items: 2, characters: 80 },
  { items: 1, characters: 60 },
];

/** The summary of a session as the next one reads it. The same session, workspace and day give the same bytes. */
export function renderSessionSummary(summary: SessionSummary, detail: Detail): string {
  const { digest, files, outside } = summary;
  const mended = digest.errors.filter((error) => error.mended).length;
  return [
    `# Session of ${summary.date}`,
    `${summary.agent}, session ${summary.session}${digest.compactions > 0 ? `, compacted ${digest.compactions} ×` : ""}. Made by \`speckit prune\`; paths are followed by the beginning of their git hash: read a file again only if that has changed.`,
    chapter("Goal", digest.goal === "" ? [] : [clip(digest.goal, detail.characters * 2)]),
    chapter("Asked later", list(digest.asked, detail)),
    chapter("Decisions", list(digest.decisions, detail)),
    chapter("State", summary.features.slice(0, detail.items).map(stateLine)),
    chapter("Files edited", [
      ...fileList(
        files.filter(({ edits }) => edits > 0),
        detail,
      ),
      ...(outside > 0 ? [`- and ${outside} outside of the workspace`] : []),
    ]),
    chapter(
      "Files read",
      detail.items > 1
        ? fileList(
            files.filter(({ edits }) => edits === 0),
            detail,
          )
        : [],
    ),
    chapter("Concerned", concerned(summary, detail)),
    chapter("Open questions", list(questionsOf(summary), detail)),
    chapter("Last errors", [
      ...digest.errors
        .filter((error) => !error.mended)
        .slice(-detail.items)
        .map((error) => errorLine(error, detail)),
      ...(mended > 0 ? [`- ${mended} more, mended since`] : []),
    ]),
    chapter(
      "Commands run",
      detail.items <= 2
        ? []
        : list(
            digest.commands.map((command) => `\`${oneLine(command)}\``),
            detail,
          ),
    ),
    chapter("Next steps", list(nextSteps(summary), detail)),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

function chapter(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : `## ${title}\n\n${lines.join("\n")}`;
}

/** The newest entries, in their order. */
function list(texts: readonly string[], { items, characters }: Detail): string[] {
  const left = texts.length - items;
  return [
    ...(left > 0 ? [`- ${left} earlier ones left out`] : []),
    ...texts.slice(-items).map((text) => `- ${clip(text, characters)}`),
  ];
}

function stateLine({ service, dir, scenarios, clarifications, planned, tasks }: FeatureState): string {
  const spec =
    scenarios === undefined
      ? "no spec"
      : `spec with ${scenarios} scenarios${clarifications.length > 0 ? `, ${clarifications.length} open clarifications` : ""}`;
  const done = tasks ? `tasks ${tasks.done}/${tasks.total} done` : "no tasks";
  return `- ${service === undefined ? "" : `${service}: `}${dir}: ${spec}; ${planned ? "plan" : "no plan"}; ${done}`;
}

function fileList(files: readonly TouchedFile[], { items }: Detail): string[] {
  const left = files.length - items;
  return [
    ...files
      .slice(0, items)
      .map(
        ({ file, hash, edits }) =>
          `- ${file}${hash === undefined ? " (gone)" : `@${hash}`}${edits > 1 ? ` (${edits} edits)` : ""}`,
      ),
    ...(left > 0 ? [`- and ${left} more`] : []),
  ];
}

function concerned({ contracts, operations, scenarios, affected }: SessionSummary, detail: Detail): string[] {
  const some = (what: string, names: readonly string[]) => {
    const left = names.length - detail.items;
    const shown = names.slice(0, detail.items).join("; ");
    return names.length === 0 ? [] : [`- ${what}: ${shown}${left > 0 ? `; and ${left} more` : ""}`];
  };
  return [
    ...some("Contracts", contracts),
    ...byFile("Operations and events", operations, detail).flatMap(([what, names]) => some(what, names)),
    ...byFile("Scenarios", scenarios, detail).flatMap(([what, names]) => some(what, names)),
    ...some("Services that use these", affected),
  ];
}

/** What stands in one file is said with the file once, and with its line. */
function byFile(what: string, concerns: readonly Concern[], { characters }: Detail): [string, string[]][] {
  const shown = ({ name, line }: Concern) => `${clip(name, characters)} :${line}`;
  return [...groupBy(concerns, ({ file }) => file)].map(([file, some]) => [
    `${what} in ${file}`,
    some.map(shown),
  ]);
}

function questionsOf({ digest, features }: SessionSummary): string[] {
  return [
    ...features.flatMap(({ dir, clarifications }) => clarifications.map((text) => `${dir}: ${text}`)),
    ...digest.questions,
  ];
}

/** What was done, and the lines of the output that say why it failed. */
function errorLine({ what, output }: SessionError, { characters }: Detail): string {
  const lines = output.split("\n").map((line) => line.trim());
  const telling = lines.filter((line) => /error|fail|expected|cannot|not found|denied|✗|×/i.test(line));
  const said = (telling.length > 0 ? telling : lines.filter((line) => line !== "")).slice(0, 3).join(" / ");
  return `- \`${clip(oneLine(what), Math.round(characters / 2))}\`: ${clip(said, characters)}`;
}

function nextSteps({ digest, features }: SessionSummary): string[] {
  return [
    ...features
      .filter(({ tasks }) => tasks && tasks.next.length > 0)
      .map(({ dir, tasks }) => `${dir}/tasks.md: ${tasks?.next.join("; ")}`),
    ...digest.steps.filter(({ done }) => !done).map(({ text }) => text),
    ...digest.errors
      .filter(({ mended }) => !mended)
      .slice(-2)
      .map(({ what }) => `Mend \`${clip(oneLine(what), 100)}\``),
    ...(digest.questions.length > 0 ? ["Answer the open questions"] : []),
  ];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function clip(text: string, characters: number): string {
  const line = oneLine(text);
  if (line.length <= characters) return line;
  const cut = line.slice(0, characters - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), characters / 2))}…`;
}
