import type { Statement } from "../../model/constitution.ts";
import { codeSpans, plainText } from "./statement-text.ts";

const isAboutNames =
  /\b(?:event|topic|message|routing[- ]key)s?\b[^.:]*\b(?:nam(?:e|es|ed|ing)|convention|format|pattern|follow|called)\b|\bnam(?:e|es|ed|ing)\b[^.:]*\b(?:event|topic|message)s?\b/i;
/** A rule about a part of the name, or a way out of another rule. */
const isExtra = /\b(?:left out|omit(?:ted)?|except|unless|prefix(?:ed)?|followed by)\b/i;

/** Words that stand for a part of a name, as opposed to a name that is given as an example. */
const partWords =
  "domain|bounded-?context|context|service|aggregate|entity|resource|object|subject|noun|action|verb|past-?tense(?:-?verb)?|operation|event|event-?name|name|type|state|status|module|team|company|product|app|namespace|version|v\\d+";
const bracketed = "[{<\\[(]\\s*[\\w -]+\\s*[}>\\])]";
const part = `(?:${partWords}|${bracketed})`;
const inCode = new RegExp(`^${part}(?:[.:/_-]${part}){1,9}$`, "i");
/** In running text other signs join words too: "event-name", "name/type". */
const inText = new RegExp(`(?<![\\w.])${part}(?:[.:]${part}){1,9}(?![\\w.]*\\w)`, "i");
/** `order-created`, `order_created`, `OrderCreated`. */
const joinedWords = /^(?=.+[.:/_-]\w)[A-Za-z]\w*(?:[.:/-]\w+)*$|^(?:[A-Z][a-z]+){2,}$/;
const styles = [
  "kebab-case",
  "snake_case",
  "SCREAMING_SNAKE_CASE",
  "UPPER_SNAKE_CASE",
  "camelCase",
  "PascalCase",
  "UpperCamelCase",
  "dot.case",
  "dot-separated",
  "dot notation",
];

/** Finds how events are to be named: parts such as `domain.entity.action`, a style such as `kebab-case`, `^a regular expression$`, or an example. */
export function eventNaming(statement: Statement) {
  const text = plainText(statement.text);
  if (!isAboutNames.test(text) || isExtra.test(text)) return undefined;
  const pattern = patternIn(text);
  return pattern === undefined ? undefined : { kind: "event-naming" as const, pattern, statement };
}

function patternIn(text: string): string | undefined {
  const spans = codeSpans(text);
  const expression = spans.find((span) => /^\^.*\$$/.test(span)) ?? /\^\S+\$/.exec(text)?.[0];
  if (expression !== undefined) return expression;
  const parts = spans.find((span) => inCode.test(span)) ?? inText.exec(text)?.[0];
  if (parts !== undefined) return parts;
  const style = styles.find((name) => text.toLowerCase().includes(name.toLowerCase()));
  if (style !== undefined) return style;
  return spans.find((span) => joinedWords.test(span));
}
