import type { StepKind } from "../../model/spec.ts";
import type { Block, TextLine } from "../markdown/blocks.ts";

/** Where a text says Given, When or Then. */
export interface Step {
  readonly kind: StepKind;
  /** Offset of the keyword in the text. */
  readonly index: number;
}

/** The keywords of scenarios in the languages that real documents are written in. Source: the Gherkin reference, and documents seen. */
const keywords: readonly (readonly [StepKind, string])[] = [
  [
    "given",
    "Given|GIVEN|前提条件|前提|假设|假設|给定|給定|假如|주어진|조건|전제|Dado|Dada|Dados|Dadas|Étant donnée?s?|Etant donnée?s?|Soit|Angenommen|Gegeben(?: sei| seien)?|Vorausgesetzt|Дано|Допустим|Пусть|Припустимо|Dato|Data|Gegeven|Stel|Zakładając|Mając|Diyelim ki|Cho|Biết",
  ],
  [
    "when",
    "When|WHEN|もし|操作|当|當|若|만일|만약|언제|하면|Cuando|Quando|Quand|Lorsque?|Wenn|Когда|Если|Коли|Als|Wanneer|Kiedy|Gdy|Jeżeli|Eğer ki|Khi",
  ],
  [
    "then",
    "Then|THEN|ならば|結果|那么|那麼|则|則|就|그러면|결과|Entonces|Então|Entao|Alors|Dann|Тогда|То|Тоді|Allora|Dan|Wtedy|O zaman|Thì",
  ],
];
const exact = keywords.map(([kind, words]) => [kind, new RegExp(`^(?:${words})$`, "i")] as const);
/** What was asked before: documents repeat the same few words. */
const kindOf = new Map<string, StepKind | undefined>();

/** `**Given**`, `**Given:**`, `**GIVEN** `, `**前提**`, `*Given*`: any short text in emphasis. */
const emphasised =
  /(?:\*\*|__|(?<!\*)\*(?!\*))\s{0,3}([^\s*_:：,，][^*_:：,，\n]{0,24}?)\s{0,3}[:：,，]?\s{0,3}(?:\*\*|__|\*)/gu;
/** English keywords without emphasis, where they open a line or a clause: "Given a user, when they log in, then …". */
const plainOpening = /^(?:Given|GIVEN|When|WHEN|Then|THEN)(?=[\s:,])/;
const plainClause = /[,;.]\s+(?:and\s+)?(when|then|WHEN|THEN|When|Then)(?=\s)/g;

const continuation =
  /^(?:(?:\*\*|__|\*)\s?(?:And|Or|But|Und|Oder|Aber|Y|O|Pero|Et|Ou|Mais|E|Mas|そして|かつ|または|しかし|并且|而且|或者|或|但是|但|且|그리고|또는|하지만)\s?[:：,，]?\s?(?:\*\*|__|\*)|(?:And|Or|But|AND|OR|BUT)\s)/iu;

/** A line that goes on with the step before it: `**And** …`, `**Or** …`. */
export function goesOn(text: string): boolean {
  return continuation.test(text);
}

/** The steps that are marked in bold or italics, as almost all documents do it. */
export function markedSteps(text: string): Step[] {
  if (!/[*_]/.test(text)) return [];
  return Array.from(text.matchAll(emphasised)).flatMap((match) => {
    const kind = kindOfKeyword(match[1] ?? "");
    return kind === undefined ? [] : [{ kind, index: match.index }];
  });
}

/** The steps of a line that are written as plain text; only a line that opens with a keyword has any. */
export function plainSteps(text: string): Step[] {
  const opening = plainOpening.exec(text)?.[0];
  if (opening === undefined) return [];
  const step = (keyword: string, index: number): Step => ({
    kind: keyword.toLowerCase() as StepKind,
    index,
  });
  const clauses = Array.from(text.matchAll(plainClause), ({ 1: keyword = "", index }) =>
    step(keyword, index),
  );
  return [step(opening, 0), ...clauses];
}

function kindOfKeyword(word: string): StepKind | undefined {
  if (kindOf.has(word)) return kindOf.get(word);
  const kind = exact.find(([, pattern]) => pattern.test(word))?.[0];
  if (kindOf.size < MAX_KNOWN) kindOf.set(word, kind);
  return kind;
}
const MAX_KNOWN = 5_000;

/** The text of a block as one line per line, or nothing for blocks that hold no prose. */
export function proseLines(block: Block): readonly TextLine[] {
  return block.kind === "text" || block.kind === "item" ? block.lines : [];
}
