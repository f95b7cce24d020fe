import type { Phase } from "../../model/task-list.ts";
import type { Block } from "../markdown/blocks.ts";
import { cleanTitle } from "../markdown/sections.ts";

const phaseTitle =
  /^(?:phase|fase|stage|sprint|milestone|iteration|阶段|階段|フェーズ|단계|этап)\s*[-:#]?\s*[\dIVX一二三四五六七八九十]|^第\s*[\d一二三四五六七八九十]+\s*(?:阶段|階段|フェーズ)|^\d+\s*(?:단계|этап)/iu;
const storyTitle =
  /(?:user stor(?:y|ies)|(?<![\p{L}])US|用户故事|用戶故事|使用者故事|ユーザーストーリー|사용자 스토리|historia de usuario|história de usuário|récit utilisateur|пользовательская история)\s*[-#]?\s*(\d{1,3})/giu;

/** The stories that a heading names: `User Story 1`, `US1 + US2`. */
export function storiesOfTitle(title: string): string[] {
  return Array.from(title.matchAll(storyTitle), ([, number]) => `US${number}`);
}

type Heading = Extract<Block, { kind: "heading" }>;

/** Follows the headings of a task list and tells in which phase a task stands. A chapter that is called otherwise is a phase when it has tasks. */
export class PhaseReader {
  readonly phases: Phase[] = [];
  readonly #file: string;
  #chapter: Heading | undefined;
  #current: number | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  enter(heading: Heading): void {
    const opens = phaseTitle.test(cleanTitle(heading.text));
    const isTitle = heading.level === 1;
    if (!opens && (isTitle || heading.level > (this.#chapter?.level ?? heading.level))) return;
    this.#chapter = heading;
    this.#current = undefined;
    if (opens) this.#open(heading);
  }

  /** The phase of a task that stands here. */
  current(): number | undefined {
    if (this.#current === undefined && this.#chapter) this.#open(this.#chapter);
    return this.#current;
  }

  #open({ text, line }: Heading): void {
    const title = cleanTitle(text);
    this.#current = this.phases.length;
    this.phases.push({ title, at: { file: this.#file, line, column: 1 }, stories: storiesOfTitle(title) });
  }
}
