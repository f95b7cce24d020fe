import { wordStems } from "../model/word-stems.ts";
import type { Snippet } from "./snippet.ts";

/** How well each snippet fits what somebody wants to know: 1 for the best, 0 for one that has none of its words. */
export interface Fit {
  readonly score: number;
  /** Words that it shares, the rarest first. */
  readonly words: readonly string[];
}

/** What makes a sentence a question says nothing of what it is about. */
const asking =
  /\b(?:how|what|which|who|whom|whose|when|where|why|long|many|much|often|does|did|is|are|was|were|may|can|must|should|will|there|happens?|after|before|while|if|get|gets|one|two|only|some)\b/gi;

/** How much a snippet's length counts against it; headings tell what short ones are about. */
const LENGTH_WEIGHT = 0.7;
const K = 1.2;
/** Who asks how long or how many wants a number. */
const asksForAmount =
  /\b(?:how (?:long|many|much|often|large|big|fast|soon|old|late)|limit|at most|at least|maximum|minimum|timeout)\b/i;
const hasAmount =
  /\d\s?(?:%|[KMG]i?B\b|ms\b|seconds?|minutes?|hours?|days?|weeks?|months?|bytes?|characters?|pixels?|times|tr(?:y|ies)|requests?|orders?|items?|lines?|attempts?)|(?:max|min)(?:imum|Length|Items)?:? \d/i;
const AMOUNT = 1.3;

/**
 * BM25 over snippets, each word counted once: they are short. Words are compared by their stems; names such as `order.created` or `Idempotency-Key` by
 * their parts, and once more as a whole.
 */
export function fitAbout(snippets: readonly Snippet[], about: string): Map<Snippet, Fit> {
  const wanted = [...stemsOf(about.replace(asking, " "))];
  const spoken = new Map(
    (about.match(/[\p{L}\p{N}._-]+/gu) ?? []).flatMap((word) =>
      [...stemsOf(word)].map((stem) => [stem, word] as const),
    ),
  );
  const wantsAmount = asksForAmount.test(about);
  const stems = snippets.map(({ text, headings }) => stemsOf(`${headings.join(" ")} ${text}`));
  const frequency = new Map(wanted.map((stem) => [stem, stems.filter((own) => own.has(stem)).length]));
  const average = stems.reduce((sum, own) => sum + own.size, 0) / Math.max(1, stems.length);
  const scored = snippets.map((snippet, index) => {
    const own = stems[index] ?? new Set<string>();
    const shared = wanted.filter((stem) => own.has(stem));
    const idf = (stem: string) => Math.log(1 + (snippets.length + 0.5) / ((frequency.get(stem) ?? 0) + 0.5));
    const norm = (K + 1) / (1 + K * (1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * own.size) / average));
    const words = shared.reduce((sum, stem) => sum + idf(stem) * norm, 0);
    const score = wantsAmount && hasAmount.test(snippet.text) ? words * AMOUNT : words;
    return {
      snippet,
      score,
      words: [...new Set(shared.sort((a, b) => idf(b) - idf(a)).map((stem) => spoken.get(stem) ?? stem))],
    };
  });
  const best = Math.max(...scored.map(({ score }) => score), Number.EPSILON);
  return new Map(scored.map(({ snippet, score, words }) => [snippet, { score: score / best, words }]));
}

function stemsOf(text: string): Set<string> {
  const parts = text.replace(/([a-z\d])([A-Z])/g, "$1 $2");
  const names = text.toLowerCase().match(/[\w]+(?:[._-][\w]+)+/g) ?? [];
  return new Set([...wordStems(parts), ...names]);
}
