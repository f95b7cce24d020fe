import type { Scenario, Story } from "../../model/spec.ts";
import { opensWithdrawn } from "../markdown/ids.ts";
import type { Chapter } from "./chapters.ts";

/** `User Story 1`, `US1`, `用户故事 2`, `P1: Login`: the number, if there is one. */
const numbered = /^(?:US|\D*?)[\s#-]*(\d+(?:\.\d+)*)\s*(?:[-–—:.)]|$|\s)/u;
const seedStory = /^(P\d+)\s*[:：.–—-]\s*(.+)$/;
const priority =
  /\(\s*(?:priority|优先级|優先級|優先順位|優先度|우선순위|prioridad|prioridade|priorité|priorität|приоритет)?\s*[:：]?\s*(P\d+|high|medium|low)\b[^)]*\)|\[(P\d+)\]/i;

/** Reads the user stories: headings of GitHub spec-kit's form, or `P1: …` below a section of scenarios. */
export function readStories(
  file: string,
  chapters: readonly Chapter[],
  scenarios: readonly Scenario[],
): Story[] {
  const heads = chapters.flatMap((chapter, index) => {
    const head = storyHead(chapter);
    return head ? [{ ...head, chapter, endLine: endOf(chapters, index) }] : [];
  });
  return heads.map(({ id, title, chapter, endLine }, index) => ({
    id: id ?? `US${index + 1}`,
    title,
    priority: priorityIn(chapter.title) ?? (id?.startsWith("P") ? id : undefined),
    at: { file, line: chapter.line, column: 1 },
    scenarios: scenarios.filter(({ at }) => at.line > chapter.line && at.line <= endLine),
    withdrawn: opensWithdrawn(title),
  }));
}

function storyHead({
  title,
  own,
  role,
  level,
}: Chapter): { id: string | undefined; title: string } | undefined {
  if (level < 2) return undefined;
  const seed = seedStory.exec(title);
  if (seed && (role === "scenarios" || role === "story")) return { id: seed[1], title: seed[2] ?? title };
  if (own !== "story") return undefined;
  const number = numbered.exec(title)?.[1];
  const words = title
    .replace(priority, "")
    .replace(/^[^\d]*\d+(?:\.\d+)*\s*[-–—:.)]?\s*/u, "")
    .trim();
  return { id: number === undefined ? undefined : `US${Number(number) || number}`, title: words || title };
}

function priorityIn(title: string): string | undefined {
  const match = priority.exec(title);
  return match?.[1] ?? match?.[2];
}

/** A story spans its chapter and those below it. */
function endOf(chapters: readonly Chapter[], index: number): number {
  const level = chapters[index]?.level ?? 0;
  const next = chapters.find((chapter, at) => at > index && chapter.level <= level);
  return next ? next.line - 1 : Number.MAX_SAFE_INTEGER;
}
