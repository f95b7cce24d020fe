import type { Topic } from "../../model/spec.ts";
import type { Block } from "../markdown/blocks.ts";
import { cleanTitle } from "../markdown/sections.ts";
import { topicOf } from "./headings.ts";

/** A heading with the blocks below it up to the next heading of any level. */
export interface Chapter {
  readonly title: string;
  /** 0 for what stands before the first heading. */
  readonly level: number;
  readonly line: number;
  /** What the heading itself is about. */
  readonly own: Topic | undefined;
  /** The role of the heading, or of the nearest one above it that has one. */
  readonly role: Topic | undefined;
  readonly blocks: readonly Block[];
}

/** Splits a document at its headings. The title of the document has no role: "Order Requirements" is no section of requirements. */
export function readChapters(blocks: readonly Block[]): Chapter[] {
  const chapters: (Chapter & { blocks: Block[] })[] = [
    { title: "", level: 0, line: 1, own: undefined, role: undefined, blocks: [] },
  ];
  const above: { level: number; role: Topic | undefined }[] = [];
  for (const block of blocks) {
    if (block.kind !== "heading") {
      chapters.at(-1)?.blocks.push(block);
      continue;
    }
    const { level, line } = block;
    const title = cleanTitle(block.text);
    while ((above.at(-1)?.level ?? 0) >= level) above.pop();
    const own = level === 1 && chapters.length === 1 ? undefined : topicOf(title);
    const role = own ?? above.at(-1)?.role;
    above.push({ level, role });
    chapters.push({ title, level, line, own, role, blocks: [] });
  }
  return chapters;
}
