import type { Marker } from "../model/markdown.ts";
import type { Spec, Topic } from "../model/spec.ts";
import type { Block } from "./markdown/blocks.ts";
import { type MarkdownSource, readMarkdown } from "./markdown.ts";
import { type Chapter, readChapters } from "./spec/chapters.ts";
import { readEventSections } from "./spec/events.ts";
import { readRequirements } from "./spec/requirements.ts";
import { readScenarios } from "./spec/scenarios.ts";
import {
  joined,
  readBoundary,
  readDependencies,
  readOwnedEntities,
  readServiceName,
} from "./spec/service-parts.ts";
import { readStories } from "./spec/stories.ts";
import { readUnnumbered } from "./spec/unnumbered.ts";

/** Reads a specification, of a service or of a feature. Never throws: what is not understood is left out. */
export function parseSpec(source: MarkdownSource): Spec {
  const { file } = source;
  const { blocks, document, mentions } = readMarkdown(source);
  const chapters = readChapters(blocks);
  const scenarios = readScenarios(file, blocks);
  const stories = readStories(file, chapters, scenarios);
  const storyIds = new Set(stories.map(({ id }) => id));
  const statements = readRequirements(file, blocks, storyIds);
  const given = [...statements.requirements, ...statements.successCriteria, ...stories];
  const serviceName = readServiceName(file, chapters);
  const boundary = readBoundary(file, chapters);
  const isService =
    serviceName !== undefined ||
    chapters.some(({ own }) => own === "boundary" || own === "published" || own === "consumed");
  return {
    ...document,
    kind: "spec",
    form: isService ? "service" : "feature",
    mentions: mentions(new Set(given.map(({ id, at }) => `${at.line}:${id}`))),
    topics: topicsOf(chapters),
    serviceName,
    ...boundary,
    stories,
    scenarios,
    ...statements,
    unnumbered: readUnnumbered(file, blocks, [...statements.requirements, ...statements.successCriteria]),
    openEdgeCases: openEdgeCases(file, chapters),
    ...readDependencies(file, chapters),
    publishes: readEventSections(file, chapters, "published"),
    consumes: readEventSections(file, chapters, "consumed"),
    entities: readOwnedEntities(file, chapters),
  };
}

function topicsOf(chapters: readonly Chapter[]): Topic[] {
  const topics = chapters.flatMap(({ role, blocks }) =>
    role !== undefined && blocks.length > 0 ? [role] : [],
  );
  return [...new Set(topics)];
}

/** Edge cases that only ask: the item ends in a question mark, and nothing below it answers. */
function openEdgeCases(file: string, chapters: readonly Chapter[]): Marker[] {
  return chapters
    .filter(({ role }) => role === "edge-cases")
    .flatMap(({ blocks }) =>
      blocks.flatMap((block, index) => {
        if (block.kind !== "item" || isAnswered(block, blocks[index + 1])) return [];
        const text = joined(block.lines);
        const [first] = block.lines;
        if (!first || !/[?？][\s*_"”’)]*$/.test(text)) return [];
        return [{ text, at: { file, line: first.line, column: first.column } }];
      }),
    );
}

function isAnswered(item: Extract<Block, { kind: "item" }>, next: Block | undefined): boolean {
  return (next?.kind === "item" || next?.kind === "text") && next.depth > item.depth;
}
