/** Text without emphasis, code marks and links, with full-width punctuation as ASCII and blanks joined. */
export function plainText(markup: string): string {
  // Most texts have nothing to take away.
  if (!marks.test(markup)) return markup.trim();
  return markup
    .replace(/!?\[([^[\]]*)\]\((?:[^()]|\([^()]*\))*\)/g, "$1")
    .replace(/[*`]+|~~|(?<![\p{L}\p{N}_])_{1,2}(?=\S)|(?<=\S)_{1,2}(?![\p{L}\p{N}_])/gu, "")
    .replace(/[：]/g, ":")
    .replace(/[（]/g, "(")
    .replace(/[）]/g, ")")
    .replace(/\s+/g, " ")
    .trim();
}

const marks = /[*`~_[：（）]|\s\s|[\n\t\r\u00a0\u3000]/;

/** The contents of code spans, in their order. */
export function codeSpans(markup: string): string[] {
  return Array.from(spansIn(markup), ({ from, to }) =>
    markup
      .slice(from, to)
      .replace(/^`+|`+$/g, "")
      .trim(),
  );
}

/** Code spans overwritten with blanks of the same length, so that columns stay. */
export function withoutCodeSpans(markup: string): string {
  let blanked = "";
  let end = 0;
  for (const { from, to } of spansIn(markup)) {
    blanked += markup.slice(end, from) + " ".repeat(to - from);
    end = to;
  }
  return blanked + markup.slice(end);
}

/** From a run of backticks to the next one of the same length, as CommonMark has it. A regular expression would try every pair of runs. */
function* spansIn(markup: string): Generator<{ readonly from: number; readonly to: number }> {
  if (!markup.includes("`")) return;
  const runs = Array.from(markup.matchAll(/`+/g), ({ 0: { length }, index }) => ({ length, index }));
  let end = 0;
  for (const [order, { length, index }] of runs.entries()) {
    if (index < end) continue;
    const close = nextOf(length, runs, order + 1);
    if (close === undefined) continue;
    end = close + length;
    yield { from: index, to: end };
  }
}

function nextOf(
  length: number,
  runs: readonly { readonly length: number; readonly index: number }[],
  start: number,
): number | undefined {
  for (let order = start; order < runs.length; order++) {
    const run = runs[order];
    if (run?.length === length) return run.index;
  }
  return undefined;
}
