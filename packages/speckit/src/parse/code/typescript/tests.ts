import type { NamedPlace } from "../../../model/code.ts";
import type { Source } from "../source.ts";

/** Titles of tests with those of the groups around them: `orders › are placed`. */
export function readTests(source: Source): NamedPlace[] {
  const open = /\b(describe|suite|context|test|it)\b((?:\s*\.\s*\w+)*)\s*(?=[(`])/g;
  const groups: { readonly end: number; readonly title: string }[] = [];
  const tests: NamedPlace[] = [];
  for (const { 1: word = "", 2: more = "", index, end } of source.matches(open)) {
    if (/[.\w$]/.test(source.code[index - 1] ?? "")) continue;
    let bracket = end;
    // `test.each(table)("title", …)`
    if (/\beach\b|\bfor\b/.test(more)) {
      const table = source.literalAt(end);
      bracket = source.skipBlanks(table ? table.end : source.closing(end) + 1);
    }
    if (source.code[bracket] !== "(") continue;
    const title = source.literalAt(bracket + 1)?.content;
    if (title === undefined) continue;
    while (groups.length > 0 && (groups.at(-1)?.end ?? 0) < index) groups.pop();
    const name = [...groups.map((group) => group.title), title].join(" › ");
    if (/^(?:describe|suite|context)$/.test(word)) groups.push({ end: source.closing(bracket), title });
    else tests.push({ name, at: source.at(index) });
  }
  return tests;
}
