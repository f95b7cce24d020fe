import { linesOf, type Subject } from "./subject.ts";

const documents = ["spec.md", "plan.md", "ai-doc.md"];
const variable = /^`?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)`?$/;

/** What people wrote of variables, in tables and lists of the feature's documents and the service's README. The first who says something is heard. */
export function writtenMeanings(subject: Subject): Map<string, string> {
  const { feature, service } = subject;
  const readme = service.dir === "." ? "README.md" : `${service.dir}/README.md`;
  const files = [...(feature ? documents.map((name) => `${feature.dir}/${name}`) : []), readme];
  const found = new Map<string, string>();
  for (const file of files)
    for (const [name, meaning] of meaningsIn(linesOf(subject, file)))
      if (!found.has(name)) found.set(name, meaning);
  return found;
}

function meaningsIn(lines: readonly string[]): [string, string][] {
  let column = -1;
  let isGenerated = false;
  return lines.flatMap((line): [string, string][] => {
    // What was generated there comes from here.
    if (/^## /.test(line)) isGenerated = line.startsWith("## Environment");
    if (isGenerated) return [];
    const cells = line.startsWith("|")
      ? line
          .split(/(?<!\\)\|/)
          .slice(1, -1)
          .map((cell) => cell.trim())
      : [];
    if (cells.length === 0) column = -1;
    else if (column === -1)
      column = cells.findIndex((cell) => /meaning|description|purpose|what/i.test(cell));
    const [, listed, said = ""] = /^[-*] (`?[A-Z][A-Z0-9_]*`?)(?::| [-–—]) (.+)$/.exec(line) ?? [];
    const name = variable.exec(listed ?? cells[0] ?? "")?.[1];
    const meaning = listed === undefined ? (cells[column] ?? "") : said;
    return name === undefined || meaning === "" ? [] : [[name, capital(meaning.replace(/\.$/, ""))]];
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
