import type { DraftKind } from "../author.ts";

export type BlockKind = "preamble" | "section" | "story" | "requirement" | "phase" | "task" | "row" | "line";

/** A piece of a document that changes as a whole. Joined again in order the pieces are the document. */
export interface Block {
  readonly kind: BlockKind;
  /** Says which piece it is, whatever number it has: two drafts of it have the same key. */
  readonly key: string;
  /** `P1`, `FR-001`, `2`, `1.1`, `T001`; undefined for what has no number. */
  readonly id: string | undefined;
  readonly text: string;
}

const story = /^###\s+(P\d+)\s*:\s*(.+)$/;
const phase = /^##\s+Phase\s+(\d+)\s*:\s*(.+)$/;
const task = /^###\s+(?:[✅☑✔]\s*)?(?:\[[ xX]\]\s*)?Task\s+(\d+\.\d+)\s*:\s*(.+)$/u;
const box = /^- \[[ xX~-]\]\s+(?:~~\s*)?(?:\*\*)?(T\d{3,4})(?:\*\*)?\s+(.+)$/;
const requirement = /^- \*\*((?:FR|SC)-\d+)\*\*:\s*(.+)$/;
const itemSections = /^(?:service boundary|failure modes)$/;

/** Splits a document at its headings, and where single lines have a life of their own: requirements, rows of tables, tasks. */
export function splitBlocks(kind: DraftKind, text: string): Block[] {
  const blocks: { kind: BlockKind; key: string; id: string | undefined; lines: string[] }[] = [
    { kind: "preamble", key: "", id: undefined, lines: [] },
  ];
  let section = "";
  let fence = false;
  let rows = false;
  const seen = new Map<string, number>();
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    if (/^\s*(?:```|~~~)/.test(line)) fence = !fence;
    const start = fence ? undefined : opening(kind, line, section, rows);
    if (!fence) rows = /^\|[\s:|-]+\|$/.test(line) || (rows && line.startsWith("|"));
    if (start?.kind === "section" || start?.kind === "phase") section = start.name;
    if (!start) {
      blocks.at(-1)?.lines.push(line);
      continue;
    }
    const plain = `${start.kind} ${start.kind === "section" || start.kind === "phase" || start.kind === "task" ? "" : `${section} `}${start.name}`;
    const count = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, count);
    blocks.push({
      kind: start.kind,
      key: count === 1 ? plain : `${plain} #${count}`,
      id: start.id,
      lines: [line],
    });
  }
  return blocks.map(({ lines, ...block }) => ({ ...block, text: lines.join("\n") }));
}

interface Opening {
  readonly kind: BlockKind;
  readonly name: string;
  readonly id: string | undefined;
}

function opening(document: DraftKind, line: string, section: string, rows: boolean): Opening | undefined {
  const numbered =
    document === "tasks" ? taskOpening(line) : document === "spec" ? specOpening(line) : undefined;
  if (numbered) return numbered;
  const heading = /^#{1,4}\s+(.+)$/.exec(line)?.[1];
  if (heading !== undefined)
    return { kind: "section", name: normal(/^#\s/.test(line) ? "title" : heading), id: undefined };
  if (document === "tasks") return undefined;
  if (rows && line.startsWith("|"))
    return { kind: "row", name: normal(line.split("|")[1] ?? ""), id: undefined };
  if (document !== "spec" || !itemSections.test(section)) return undefined;
  const item = /^(?:- (?:\*\*([^*]+)\*\*:?|(.+))|\*\*(.+?)\*\*:?)/.exec(line);
  return item
    ? { kind: "line", name: normal(item[1] ?? item[2] ?? item[3] ?? ""), id: undefined }
    : undefined;
}

function taskOpening(line: string): Opening | undefined {
  const [, phaseId, phaseTitle] = phase.exec(line) ?? [];
  if (phaseTitle)
    return { kind: "phase", name: normal(phaseTitle.replace(/^User Story \S+ - /, "")), id: phaseId };
  const [, id, title] = task.exec(line) ?? box.exec(line) ?? [];
  if (!title) return undefined;
  const bare = title
    .replace(/\[(?:P|US\d+)\]\s*/g, "")
    .replace(/\s+in `.*$/, "")
    .replace(/\s+\(depends on .*$/, "");
  return { kind: "task", name: normal(bare), id };
}

function specOpening(line: string): Opening | undefined {
  const [, storyId, title] = story.exec(line) ?? [];
  if (title) return { kind: "story", name: normal(title), id: storyId };
  const [, id, text] = requirement.exec(line) ?? [];
  if (!text) return undefined;
  const serves = /\(([^()]*P\d+[^()]*)\)[~\s]*$/.exec(text)?.[1]?.replace(/P\d+:\s*/g, "");
  return { kind: "requirement", name: normal(serves ?? text), id };
}

/** The number of a piece that begins with this line. */
export function numberOn(line: string): string | undefined {
  return [story, phase, task, box, requirement]
    .map((pattern) => pattern.exec(line)?.[1])
    .find((number) => number !== undefined);
}

/** Marks of what is done or dropped do not make another piece of it. */
function normal(text: string): string {
  return text
    .replace(/~~|[✅☑✔]|\((?:dropped|removed)[^)]*\)/gu, "")
    .replace(/[`*]/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}
