import type { Location } from "../model/location.ts";
import type { Service, Workspace } from "../model/workspace.ts";
import { splitText } from "../search/split-text.ts";
import type { ErrorPlace } from "./places.ts";
import type { Touched } from "./touched.ts";

/** A part of a file that is worth its tokens. */
export interface Reading {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly why: string;
  readonly tokens: number;
}

export interface ReadingInput {
  readonly workspace: Workspace;
  readonly places: readonly ErrorPlace[];
  readonly touched: readonly (Touched & { readonly at: Location })[];
  /** Services in which it arises, then those that are concerned. */
  readonly services: readonly string[];
  readonly textOf: (file: string) => string | undefined;
  readonly count: (text: string) => number;
}

const MOST = 8;
const MOST_PLACES = 3;
const MOST_SCENARIOS = 2;
const MOST_SERVICES = 3;
/** A longer function is read where the error is. */
const LONGEST = 80;

/** What to read, in this order: the code where it arises, the scenarios that it may break, and the quick-refs of those concerned. */
export function readingsFor({
  workspace,
  places,
  touched,
  services,
  textOf,
  count,
}: ReadingInput): Reading[] {
  const found: Reading[] = [];
  const add = (file: string, line: number, endLine: number, why: string) => {
    if (found.some((one) => one.file === file && one.line <= line && one.endLine >= endLine)) return;
    const text = textOf(file);
    if (text === undefined) return;
    const lines = text.split(/\r\n?|\n/);
    const end = Math.min(endLine, lines.length);
    found.push({ file, line, endLine: end, why, tokens: count(lines.slice(line - 1, end).join("\n")) });
  };
  for (const { file, line, heading } of places.slice(0, MOST_PLACES)) {
    const around = partAround(file, line, textOf(file) ?? "");
    add(
      file,
      around.line,
      around.endLine,
      heading === "" ? "where it arises" : `where it arises: ${heading}`,
    );
  }
  for (const { name, at } of touched.filter(({ kind }) => kind === "scenario").slice(0, MOST_SCENARIOS)) {
    const section = sectionAt(workspace, at);
    if (section) add(at.file, section.line, section.endLine, `what was promised: ${name}`);
  }
  for (const name of services.slice(0, MOST_SERVICES)) {
    const file = quickRefOf(workspace.services.find((service) => service.name === name));
    if (file) add(file, 1, Number.POSITIVE_INFINITY, `${name} in short`);
  }
  return found.slice(0, MOST);
}

/** The function or section that has the line. */
function partAround(file: string, line: number, text: string): { line: number; endLine: number } {
  const part = splitText(file, text).find((one) => one.line <= line && line <= one.endLine);
  if (part && part.endLine - part.line < LONGEST) return part;
  return { line: Math.max(1, line - 15), endLine: line + 15 };
}

/** A story stands below its heading. */
function sectionAt({ services, features }: Workspace, { file, line }: Location) {
  const specs = [...services.flatMap((service) => service.features), ...features].flatMap(
    ({ spec }) => spec ?? [],
  );
  const section = specs
    .find((spec) => spec.file === file)
    ?.sections.filter(({ at, endLine }) => at.line <= line && line <= endLine)
    .at(-1);
  return section && { line: section.at.line, endLine: section.endLine };
}

function quickRefOf(service: Service | undefined): string | undefined {
  return service?.features
    .flatMap(({ summaries }) => summaries)
    .find((file) => file.endsWith("/quick-ref.md"));
}
