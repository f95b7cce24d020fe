import { checkWorkspace } from "../../src/check-workspace.ts";
import { checks } from "../../src/checks/index.ts";
import { link } from "../../src/link/link.ts";
import { defaultConfig } from "../../src/model/config.ts";
import type { Location, Place } from "../../src/model/location.ts";
import type { ParsedDocument } from "../../src/model/parsed-document.ts";
import { BadConfig, parseConfig } from "../../src/parse/config.ts";
import { formatOf } from "../../src/parse/formats.ts";
import { createLocate } from "../../src/parse/locate.ts";
import { decodeText } from "../../src/parse/text.ts";
import { parseTree } from "../../src/parse/tree.ts";

/** A file that anybody might have written. */
export interface Input {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads files as a workspace, without a disk: decodes, parses, links and checks them, and looks every place up.
 * @throws Error when a reader or a check throws, or a place lies outside of its file
 */
export function readAnything(inputs: readonly Input[]): void {
  const texts = new Map(inputs.map(({ file, bytes }) => [file, textOf(file, bytes)]));
  const load = (file: string): unknown => {
    const text = texts.get(file);
    return text === undefined ? undefined : parseTree(file, text).value;
  };
  const documents = inputs.flatMap(({ file, bytes }) => parse(file, texts.get(file), bytes.length, load));
  const workspace = link({
    documents,
    files: [...texts.keys()].sort(),
    config: defaultConfig,
    serviceRoots: [],
    rootName: "shop",
  });
  const { locate } = createLocate(
    (file) => texts.get(file),
    () => undefined,
  );
  const findings = checkWorkspace(workspace, checks, locate);
  const named = findings.flatMap(({ location, related }) => [location, ...related.map(({ at }) => at)]);
  for (const location of [...named, ...locate([...placesIn(documents)])]) mustLieInside(location, texts);
}

function textOf(file: string, bytes: Uint8Array): string | undefined {
  const decoded = decodeText(file, bytes);
  return decoded.kind === "text" ? decoded.text : undefined;
}

function parse(
  file: string,
  text: string | undefined,
  bytes: number,
  load: (file: string) => unknown,
): ParsedDocument[] {
  if (text === undefined) return [];
  if (file === ".speckit.config.json") {
    tryConfig(file, text);
    return [];
  }
  const source = { file, text, bytes };
  const format = formatOf(source);
  return format ? [format.parse(source, load)] : [];
}

/** A bad configuration stops a command with a message of its own; anything else would be a crash. */
function tryConfig(file: string, text: string): void {
  try {
    parseConfig(file, text, new Set(checks.map(({ id }) => id)));
  } catch (error) {
    if (!(error instanceof BadConfig)) throw error;
  }
}

/** Every place that stands anywhere in a value. */
function* placesIn(value: unknown): Generator<Place> {
  if (typeof value !== "object" || value === null) return;
  if ("file" in value && (("line" in value && "column" in value) || "pointer" in value)) yield value as Place;
  for (const member of Object.values(value)) yield* placesIn(member);
}

function mustLieInside(
  { file, line, column }: Location,
  texts: ReadonlyMap<string, string | undefined>,
): void {
  const lines = (texts.get(file) ?? "").split("\n");
  const length = lines[line - 1]?.length;
  if (length === undefined || !Number.isInteger(column) || column < 1 || column > length + 1) {
    throw new Error(`${file}:${line}:${column} lies outside of the file, which has ${lines.length} lines.`);
  }
}
