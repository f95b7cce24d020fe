import type { Marker } from "../../model/markdown.ts";
import type { Requirement } from "../../model/spec.ts";
import type { Block } from "../markdown/blocks.ts";
import { plainText } from "../markdown/inline.ts";
import { joined } from "./service-parts.ts";

type Item = Extract<Block, { kind: "item" }>;

/** Items without an id in lists whose other items have one, outermost lists only: what explains a requirement stands below it. */
export function readUnnumbered(
  file: string,
  blocks: readonly Block[],
  requirements: readonly Requirement[],
): Marker[] {
  const numbered = new Set(requirements.map(({ at }) => at.line));
  const hasId = ({ lines }: Item) => lines.some(({ line }) => numbered.has(line));
  return listsIn(blocks).flatMap((items) => {
    const ids = items.filter(hasId).length;
    if (ids < 2 || ids <= items.length / 2) return [];
    return items.flatMap((item) => {
      const [first] = item.lines;
      if (!first || hasId(item)) return [];
      return [{ text: plainText(joined(item.lines)), at: { file, line: first.line, column: first.column } }];
    });
  });
}

/** The outermost items of each list. */
function listsIn(blocks: readonly Block[]): Item[][] {
  const lists: Item[][] = [[]];
  for (const block of blocks) {
    if (block.kind === "item" && block.depth === 0) lists.at(-1)?.push(block);
    else if (!("depth" in block) || block.depth === 0) lists.push([]);
  }
  return lists.filter((items) => items.length > 0);
}
