import { type Stack, topicNames } from "./stack.ts";

/** What is known of a platform before anybody has written down its principles. */
export interface PlatformFacts {
  readonly name: string;
  /** Technology that its services are seen to use, by what the template calls it: LANGUAGE, DATABASE, … */
  readonly stack: Stack;
  /** What stands before its operations; undefined when nothing is known of any. */
  readonly pathPrefix: string | undefined;
  /** YYYY-MM-DD. */
  readonly today: string;
}

const NOTE = `<!--
A beginning, made by \`speckit init\`: change what does not hold and add what does. \`speckit constitution --explain\` shows which statement is
enforced by which rule.
-->`;

const placeholder = /\[[A-Z][A-Z_]+\]/;

/**
 * A constitution from its template: what is known is filled in, and what is not is left out rather than guessed. `rejected` are statements that must not
 * be in it.
 */
export function draftConstitution(
  template: string,
  facts: PlatformFacts,
  rejected: ReadonlySet<string>,
): string {
  const filled = fill(template.replace(/<!--[\s\S]*?-->\n*/g, ""), facts);
  const [title = "", ...sections] = filled.split(/^(?=## )/m);
  const version = sections.flatMap((section) => /^\*\*Version\*\*.*$/m.exec(section)?.[0] ?? []);
  const kept = sections.flatMap((section) => {
    const [heading = "", ...lines] = section.split("\n");
    const bullets = lines.filter(
      (line) => line.startsWith("- ") && !placeholder.test(line) && !rejected.has(line.slice(2)),
    );
    return bullets.length > 0 ? [`${heading}\n${bullets.join("\n")}`] : [];
  });
  return `${[title.trim(), NOTE, ...kept, ...version].join("\n\n")}\n`;
}

/** Every statement that the draft could have. */
export function draftStatements(template: string, facts: PlatformFacts): string[] {
  return draftConstitution(template, facts, new Set())
    .split("\n")
    .flatMap((line) => (line.startsWith("- ") ? [line.slice(2)] : []));
}

function fill(template: string, { name, stack, pathPrefix, today }: PlatformFacts): string {
  const values: Record<string, string | undefined> = {
    PLATFORM_NAME: titleOf(name),
    PATH_PREFIX: pathPrefix ?? "/api/v1/",
    VERSION: "1.0.0",
    DATE: today,
    ...Object.fromEntries(topicNames.map(([topic, word]) => [word, stack[topic]])),
  };
  // A language without its framework is a choice too.
  const withoutFramework = stack.framework === undefined ? template.replace(" ([FRAMEWORK])", "") : template;
  return withoutFramework.replace(/\[([A-Z][A-Z_]+)\]/g, (whole, word: string) => values[word] ?? whole);
}

/** `ecommerce-platform`: Ecommerce Platform. Whatever else a folder may be called stays a plain line of text. */
export function titleOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  return words.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`).join(" ") || "Platform";
}
