import { type Technology, type Topic, technologiesIn } from "../../model/technology.ts";
import { open, prose } from "../setup/plain.ts";

/** A statement that a prompt asks for, and the section where it belongs unless one like it stands elsewhere. */
export interface PromptedStatement {
  readonly section: string;
  readonly text: string;
}

const STACK = "Technology Stack";
const STANDARDS = "Standards";
const PRINCIPLES = "Core Principles";

const labels: Readonly<Record<Exclude<Topic, "framework">, string>> = {
  language: "Language",
  database: "Database",
  "message bus": "Message Bus",
  cache: "Cache",
  "API gateway": "API Gateway",
};

/** Standards that a few words name, in the wording that rules understand. */
const standards: readonly {
  readonly section: string;
  readonly pattern: RegExp;
  readonly says: (match: RegExpExecArray) => string;
}[] = [
  {
    section: STANDARDS,
    pattern: /(?<![\w.])\/(?:[\w-]+\/)*v\d+\b\/?/i,
    says: ([path]) => `REST API versioning: ${path.replace(/\/?$/, "/")}`,
  },
  {
    section: STANDARDS,
    pattern: /\b(?:rfc[ -]?(7807|9457)(?:[ -]problem[ -]details)?|problem[ -]details|problem\+json)\b/i,
    says: ([, rfc = "9457"]) => `Error format: RFC ${rfc} Problem Details`,
  },
  {
    section: STANDARDS,
    pattern: /(?<=\bevents?\b.{0,60})\b[a-z]+(?:\.[a-z]+){1,3}\b|\b[a-z]+(?:\.[a-z]+){1,3}(?= events?\b)/i,
    says: ([name]) => `Event naming: ${name}`,
  },
  { section: STACK, pattern: /\b(?:jwts?|json web tokens?)\b/i, says: () => "Authentication: JWT tokens" },
];

/** Words that join names of technologies and say nothing by themselves. */
const filler =
  /\b(?:please|use|uses|using|we|our|us|with|and|or|for|as|on|in|by|of|to|the|a|an|is|are|be|all|every|each|per|service|services|platform|project|stack|technology|tech|written|built|build|run|runs|language|framework|database|databases|db|message|messages|bus|broker|queue|api|gateway|rest|http|cache|caching|errors?|events?|names?|named|naming|under|versioning|version|versioned|authentication|auth|tokens?|format|paths?|instead|now|switch|change|add|must|should|shall)\b/gi;

/**
 * What a prompt says about a platform, as statements: choices of technology and well-known standards in the wording that rules understand, everything
 * else in the words of whoever wrote it. Nothing of the prompt is lost.
 */
export function promptedStatements(prompt: string): PromptedStatement[] {
  return clausesOf(prompt).flatMap((clause) => {
    const topics = /^(?:.*\b)?(?:focus(?:ed|ing)? on|about|around|cover(?:ing)?)\s+(.+)$/i.exec(
      instructionless(clause) === clause && !/^(?:principles?|standards?|rules?|guidelines?)\s/i.test(clause)
        ? ""
        : clause,
    )?.[1];
    if (topics !== undefined)
      return topicsOf(topics).map((topic) => principle(open(`what holds for ${topic}?`)));
    return statementsOf(instructionless(clause));
  });
}

function statementsOf(clause: string): PromptedStatement[] {
  if (clause === "") return [];
  const labelled = /^([\p{L}][\p{L} /-]{1,30}):\s+\S/u.exec(clause)?.[1];
  if (labelled !== undefined) return [{ section: sectionFor(labelled), text: prose(clause) }];
  const found = named(clause);
  return found.length > 0 && wordsLeft(clause) < 3 ? found : [principle(clause)];
}

function named(clause: string): PromptedStatement[] {
  const technologies = technologiesIn(clause);
  const known = standards.flatMap(({ section, pattern, says }) => {
    const match = pattern.exec(clause);
    return match ? [{ section, text: says(match) }] : [];
  });
  return [...stackStatements(technologies, clause), ...known];
}

/** A language and its framework are one choice: `Language: TypeScript (Fastify)`. */
function stackStatements(technologies: readonly Technology[], clause: string): PromptedStatement[] {
  const of = (topic: Topic) => technologies.filter((one) => one.topic === topic).map(({ name }) => name);
  const frameworks = of("framework").join(", ");
  const hasLanguage = of("language").length > 0;
  const statements = (Object.keys(labels) as (keyof typeof labels)[]).flatMap((topic) => {
    const names = of(topic).join(", ");
    if (names === "") return [];
    const more =
      topic === "language" && frameworks !== ""
        ? ` (${frameworks})`
        : topic === "database" && /\bper service\b/i.test(clause)
          ? " per service"
          : "";
    return [{ section: STACK, text: `${labels[topic]}: ${names}${more}` }];
  });
  return frameworks !== "" && !hasLanguage
    ? [{ section: STACK, text: `Framework: ${frameworks}` }, ...statements]
    : statements;
}

/** How many words say something beside the technologies and standards that are recognised. */
function wordsLeft(clause: string): number {
  let rest = clause;
  for (const { pattern } of standards) rest = rest.replace(pattern, " ");
  const plain = rest.replace(filler, " ");
  const names = new Set(plain.split(/[\s,;()]+/).filter((word) => /\p{L}/u.test(word)));
  return [...names].filter((word) => technologiesIn(word).length === 0).length;
}

function sectionFor(label: string): string {
  const known = [...Object.values(labels), "Framework", "Authentication"].map((one) => one.toLowerCase());
  return known.includes(label.toLowerCase()) ? STACK : STANDARDS;
}

function principle(text: string): PromptedStatement {
  return { section: PRINCIPLES, text: prose(`${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`) };
}

/** Lines, bullets and sentences; a list of technologies may stand beside a sentence. */
function clausesOf(prompt: string): string[] {
  return prompt
    .split(/\n+|(?<=[.!?])\s+|(?<=[。！？])/)
    .map((line) =>
      line
        .replace(/^\s*(?:[-*+•]|\d+[.)])\s+/, "")
        .replace(/[.;。；]+$/, "")
        .trim(),
    )
    .filter((line) => /\p{L}/u.test(line))
    .flatMap(partsOf);
}

/** Parts between commas and semicolons, where each is either a choice or a sentence; else all of it is one sentence. */
function partsOf(clause: string): string[] {
  const parts = clause
    .split(/[,;；]\s+(?:and\s+)?/)
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  const isChoice = (part: string) => named(part).length > 0 && wordsLeft(part) < 3;
  const stands = (part: string) => isChoice(part) || wordsLeft(part) >= 3;
  if (parts.length < 2 || !parts.every(stands) || !parts.some(isChoice)) return [clause];
  const choices = parts.filter(isChoice).join(", ");
  return [choices, ...parts.filter((part) => !isChoice(part))];
}

const instruction =
  /^(?:please\s+)?(?:create|write|add|update|change|set|define|establish|make)\s+(?:(?:the|a|an|our|some|new|following)\s+)*(?:platform(?:'s)?\s+|project\s+)?(?:constitution|principles?|standards?|rules?|guidelines?|governance)\s*(?:for\s+(?:the|our)\s+platform)?\s*(?:[:,-]|that|which|saying|with)?\s*/i;

/** Without "create principles that …": what is asked for, not that it is. */
function instructionless(clause: string): string {
  return clause.replace(instruction, "").trim();
}

function topicsOf(text: string): string[] {
  return text
    .split(/,\s*(?:and\s+)?|\s+and\s+/)
    .map((topic) => topic.trim())
    .filter((topic) => topic !== "");
}
