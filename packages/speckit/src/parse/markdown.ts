import type { MarkdownDocument } from "../model/markdown.ts";
import { type Block, readBlocks } from "./markdown/blocks.ts";
import { readMentions } from "./markdown/ids.ts";
import { languageOf } from "./markdown/language.ts";
import { readMarkers } from "./markdown/markers.ts";
import { readSections } from "./markdown/sections.ts";

/** A markdown file on its way to becoming a spec, a plan, a task list or a constitution. */
export interface MarkdownSource {
  readonly file: string;
  readonly text: string;
  readonly bytes: number;
}

/** What all markdown documents have in common, with the blocks from which their readers take the rest. */
export interface ReadMarkdown {
  readonly blocks: readonly Block[];
  readonly document: Omit<MarkdownDocument, "mentions">;
  /** `definitions` are keys `LINE:ID` of the places where ids are given. */
  readonly mentions: (definitions: ReadonlySet<string>) => MarkdownDocument["mentions"];
}

/** Reads what all markdown documents have in common. Never throws. */
export function readMarkdown({ file, text, bytes }: MarkdownSource): ReadMarkdown {
  const blocks = readBlocks(text);
  const sections = readSections(file, blocks, text.split("\n").length);
  return {
    blocks,
    document: {
      file,
      bytes,
      language: languageOf(blocks),
      title: (sections.find(({ level }) => level === 1) ?? sections[0])?.title,
      sections,
      ...readMarkers(file, blocks),
      problems: [],
    },
    mentions: (definitions) => readMentions(file, blocks, definitions),
  };
}
