import type { Principle, Statement } from "../../model/constitution.ts";
import { groupBy } from "../../model/group-by.ts";
import { type Technology, type Topic, technologiesIn } from "../../model/technology.ts";
import { forbids, labelled, plainText } from "./statement-text.ts";

/** Labels of lines that choose a technology, and what such a line is about. */
const labels: readonly (readonly [RegExp, readonly Topic[]])[] = [
  [/\b(?:languages?|backend|runtime|platform|server)\b|язык|言語|语言|語言/i, ["language", "framework"]],
  [/\bframeworks?\b/i, ["framework"]],
  [/\b(?:databases?|db|storage|persistence|data ?stores?)\b|数据库|資料庫|データベース/i, ["database"]],
  [
    /\b(?:message|event|messaging)(?:[- ](?:bus|broker|queue|system|streaming))?\b|\bbroker\b|\bqueue\b/i,
    ["message bus"],
  ],
  [/\bcach(?:e|ing)\b/i, ["cache"]],
  [/\bgateway\b/i, ["API gateway"]],
];
const demandsUse =
  /\b(?:must|shall)\b[^.]*\b(?:use[ds]?|using|written|implemented|built|stored?)\b|\b(?:only|exclusively)\b/i;
/** What tests, scripts and front ends are made of says nothing about services. */
const isElsewhere =
  /\b(?:tests?|testing|ci|frontend|front-end|client|ui|scripts?|mobile|e\.?g\.?|such as|for example|prefer\w*)\b/i;

/** Finds the technologies that services are to be made of, one principle a topic: `Language: TypeScript (Fastify)` is about two. */
export function technologies(statement: Statement): Principle[] {
  const text = plainText(statement.text);
  if (forbids(text) || isElsewhere.test(text)) return [];
  const chosen = choicesIn(text);
  return [...groupBy(chosen, ({ topic }) => topic)].map(([topic, group]) => ({
    kind: "technology",
    topic,
    choices: group.map(({ name }) => name),
    statement,
  }));
}

function choicesIn(text: string): readonly Technology[] {
  const line = labelled(text);
  const topics = line ? labels.flatMap(([label, about]) => (label.test(line.label) ? about : [])) : [];
  if (line && topics.length > 0)
    return technologiesIn(line.value).filter(({ topic }) => topics.includes(topic));
  return demandsUse.test(text) && /\b(?:services?|backend|data|stor\w+|events?|messag\w+)\b/i.test(text)
    ? technologiesIn(text)
    : [];
}
