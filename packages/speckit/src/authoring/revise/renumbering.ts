import { type Block, numberOn } from "./split-blocks.ts";

/**
 * Gives what is new the next free numbers, and what the draft says of old things the numbers that these have. What a person took out keeps its number,
 * so that nothing else gets it.
 */
export class Renumbering {
  private readonly ids = new Map<string, string>();
  private readonly names: { readonly from: string; readonly to: string }[] = [];

  /** `record` is what was drafted before: text by key. */
  constructor(old: readonly Block[], fresh: readonly Block[], record: Readonly<Record<string, string>>) {
    const remembered = new Map(Object.entries(record).map(([key, text]) => [key, numberOn(firstLine(text))]));
    const taken = new Set([
      ...old.flatMap(({ kind, id }) => (id === undefined ? [] : [`${kind} ${id}`])),
      ...[...remembered].flatMap(([key, id]) => (id === undefined ? [] : [`${key.split(" ", 1)[0]} ${id}`])),
    ]);
    const standing = new Map(old.map((block) => [block.key, block]));
    let phase = "1";
    for (const block of fresh) {
      if (block.id === undefined) continue;
      const id = standing.get(block.key)?.id ?? remembered.get(block.key) ?? nextFree(block, taken, phase);
      taken.add(`${block.kind} ${id}`);
      if (block.kind === "phase") phase = id;
      this.ids.set(block.key, id);
      this.names.push({ from: nameOf(block.kind, block.id), to: nameOf(block.kind, id) });
    }
  }

  /** The text of a piece of the draft with the numbers that hold in the document. */
  apply(block: Block): string {
    const changed = new Map(
      this.names.filter(({ from, to }) => from !== to && from !== "").map(({ from, to }) => [from, to]),
    );
    const id = this.ids.get(block.key);
    const [first = "", ...rest] = block.text.split("\n");
    const opening = id === undefined || block.id === undefined ? first : first.replace(block.id, id);
    const pattern = /Task \d+\.\d+|(?<![\w-])(?:T\d{3,4}|P\d+|(?:FR|SC)-\d+)(?![\w-])/g;
    const swap = (text: string) => text.replace(pattern, (name) => changed.get(name) ?? name);
    const head =
      /^(#+ (?:Task \d+\.\d+|P\d+|Phase \d+): |- \[ \] T\d+ |- \*\*(?:FR|SC)-\d+\*\*)/.exec(opening)?.[0] ??
      "";
    return [head + swap(opening.slice(head.length)), ...rest.map(swap)].join("\n");
  }
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function nameOf(kind: Block["kind"], id: string): string {
  if (kind === "phase") return "";
  return kind === "task" && /^\d/.test(id) ? `Task ${id}` : id;
}

function nextFree({ kind, id = "1" }: Block, taken: ReadonlySet<string>, phase: string): string {
  const digits = /\d+$/.exec(id)?.[0].length ?? 1;
  // `T012` and `FR-012`, but Phase 7 and P7 of a draft that has ten of them.
  const width = kind === "phase" || kind === "story" ? 1 : digits;
  const prefix = kind === "task" && /^\d/.test(id) ? `${phase}.` : id.slice(0, id.length - digits);
  const numbers = [...taken].flatMap((name) =>
    name.startsWith(`${kind} ${prefix}`) ? Number(name.slice(kind.length + 1 + prefix.length)) : [],
  );
  const most = Math.max(0, ...numbers.filter((number) => Number.isInteger(number)));
  return `${prefix}${String(most + 1).padStart(kind === "task" && prefix.endsWith(".") ? 1 : width, "0")}`;
}
