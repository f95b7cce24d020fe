import { wordStems } from "../../model/word-stems.ts";
import type { Block } from "./split-blocks.ts";

/** A draft without what only stories stand behind that a person took out: their requirements, and what the service claims by them. */
export function withoutOrphans(
  drafted: readonly Block[],
  old: readonly Block[],
  record: Readonly<Record<string, string>>,
): Block[] {
  const standing = new Set(old.map(({ key }) => key));
  const stories = drafted.filter(({ kind }) => kind === "story");
  const isTakenOut = ({ key }: Block) => record[key] !== undefined && !standing.has(key);
  const [gone, kept] = [stories.filter(isTakenOut), stories.filter((story) => !isTakenOut(story))];
  if (gone.length === 0) return [...drafted];
  const goneIds = new Set(gone.map(({ id }) => id));
  return drafted.filter((block) => {
    const served = block.kind === "requirement" ? storiesServed(block) : [];
    if (served.length > 0) return served.some((id) => !goneIds.has(id));
    return !gone.some((story) => claims(block, story)) || kept.some((story) => claims(block, story));
  });
}

/** `P1` and `P2` of "(P1: Login, P2: Logout)". */
export function storiesServed({ text }: Block): string[] {
  return text.match(/\bP\d+(?=:)/g) ?? [];
}

/** "- Cancel orders" and "### P2: Customer Cancel Orders". */
function claims({ kind, text }: Block, story: Block): boolean {
  if (kind !== "line" || !text.startsWith("- ") || text.includes("[NEEDS")) return false;
  const stems = [...wordStems(text)];
  const title = wordStems(story.text.split("\n", 1)[0] ?? "");
  return stems.length > 0 && stems.every((stem) => title.has(stem));
}
