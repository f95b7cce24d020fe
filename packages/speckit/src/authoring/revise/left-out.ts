import type { Block } from "./split-blocks.ts";

/** Drafted pieces that come in, and those that stay out. */
export interface Sifted {
  readonly fresh: readonly Block[];
  readonly left: readonly Block[];
}

/**
 * Leaves out tasks that do not stand in the list although they were drafted before (a person took them out), or that have an id in `served` (the list
 * has its own for them); the phases that are empty without them too. What waits for them waits no more.
 */
export function leaveOutTasks(
  drafted: readonly Block[],
  old: readonly Block[],
  record: Readonly<Record<string, string>>,
  served: ReadonlySet<string>,
): Sifted {
  const standing = new Set(old.map(({ key }) => key));
  const isLeft = ({ kind, key, id = "" }: Block) =>
    kind === "task" && !standing.has(key) && (served.has(id) || record[key] !== undefined);
  const isEmpty = (phase: Block, at: number) => {
    const rest = drafted.slice(at + 1);
    const end = rest.findIndex(({ kind }) => kind !== "task");
    const tasks = end < 0 ? rest : rest.slice(0, end);
    return !standing.has(phase.key) && tasks.length > 0 && tasks.every(isLeft);
  };
  const left = drafted.filter((block, at) => (block.kind === "phase" ? isEmpty(block, at) : isLeft(block)));
  if (left.length === 0) return { fresh: drafted, left };
  const ids = new Set(left.flatMap(({ kind, id }) => (kind === "task" && id !== undefined ? [id] : [])));
  const fresh = drafted.filter((block) => !left.includes(block));
  return { fresh: fresh.map((block) => ({ ...block, text: withoutWaits(block.text, ids) })), left };
}

/** "- Dependencies: Task 1.3, Task 7.1" and "(depends on T003, T004)" without some of them. */
function withoutWaits(text: string, ids: ReadonlySet<string>): string {
  const others = (list: string) =>
    list
      .split(", ")
      .filter((name) => !ids.has(name.replace(/^Task /, "")))
      .join(", ");
  return text
    .replace(/^(- Dependencies: )(.+)$/m, (_, field, list) => field + (others(list) || "None"))
    .replace(/ \(depends on ([^()]+)\)/, (_, list) => (others(list) ? ` (depends on ${others(list)})` : ""));
}
