import type { Facts } from "../facts.ts";
import { keyFiles, type SourceFile } from "../source-files.ts";
import { code, refText, type Section } from "./section.ts";

/** So many files are shown with what they export, and so many exports each. */
const MOST_KEY = 15;
const MOST_EXPORTS = 5;
const MOST_OTHERS = 60;

/** The code, most telling first. */
export function filesSection(facts: Facts): Section | undefined {
  const files = keyFiles(facts.files);
  if (files.length === 0) return undefined;
  const key = files.slice(0, MOST_KEY);
  const others = files.slice(MOST_KEY).sort((a, b) => (a.path < b.path ? -1 : 1));
  const lines = [
    ...key.flatMap((file) => keyLines(facts, file)),
    ...(others.length > 0 ? ["", "Others:", "", ...others.slice(0, MOST_OTHERS).map(line)] : []),
    ...(others.length > MOST_OTHERS ? [`- and ${others.length - MOST_OTHERS} more`] : []),
  ];
  return { title: "Files", lines };
}

function line({ path, purpose }: SourceFile): string {
  return `- ${code(path)}${purpose === undefined ? "" : `: ${purpose}`}`;
}

function keyLines(facts: Facts, file: SourceFile): string[] {
  const once = file.exports.filter(
    ({ name }, index) => file.exports.findIndex((one) => one.name === name) === index,
  );
  const shown = once
    .slice(0, MOST_EXPORTS)
    .map(({ name, at }) => refText(facts, { file: at.file, line: at.line, name }));
  const more = once.length > MOST_EXPORTS ? `, and ${once.length - MOST_EXPORTS} more` : "";
  return [line(file), ...(shown.length > 0 ? [`  - ${shown.join(", ")}${more}`] : [])];
}
