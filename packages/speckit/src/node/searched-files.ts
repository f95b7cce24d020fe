import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Contract, isContractKind } from "../model/contract.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import { isTestFile } from "../model/test-files.ts";
import { formatOf } from "../parse/formats.ts";
import { createLocate } from "../parse/locate.ts";
import { decodeText } from "../parse/text.ts";
import { parseTree } from "../parse/tree.ts";
import { contractUnits } from "../search/contract-places.ts";
import type { PlaceType, SearchedUnit } from "../search/searched-document.ts";
import { isProse, splitText } from "../search/split-text.ts";
import { blobId } from "./git.ts";

/** Larger files are data, or made by programs; they are found by their paths. */
const MAX_BYTES = 1_000_000;
/** Contracts are read further: each of their operations is a place. */
const MAX_CONTRACT_BYTES = 16_000_000;

const contractLike = /\.(?:ya?ml|json|avsc)$/;
/** Written by tools, about nothing that a person would look for. */
const madeByTools =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|Cargo\.lock|poetry\.lock|uv\.lock|composer\.lock|Gemfile\.lock|go\.sum)$|\.(?:min\.(?:js|css)|map|snap|svg|lock)$/;

/** A file of the tree: what it holds, or that it holds no text. */
export interface SearchedFile {
  /** Git blob id of the content; something else that changes with it for files that are not read. */
  readonly hash: string;
  readonly text: string | undefined;
  /** Whether it is found by its path, although its text isn't searched. */
  readonly byPath: boolean;
}

/** Reads one file for searching; undefined when it is gone or cannot be read. Never throws. */
export function readSearchedFile(
  root: string,
  file: string,
  size: number,
  mtimeMs: number,
): SearchedFile | undefined {
  const most = contractLike.test(file) ? MAX_CONTRACT_BYTES : MAX_BYTES;
  if (size > most || madeByTools.test(file))
    return { hash: `${size} ${mtimeMs}`, text: undefined, byPath: true };
  try {
    const bytes = readFileSync(join(root, file));
    const decoded = decodeText(file, bytes);
    const text = decoded.kind === "text" ? decoded.text : undefined;
    return { hash: blobId(bytes), text, byPath: text !== undefined };
  } catch {
    return undefined;
  }
}

/** The units of a file that was read. */
export function unitsOf(root: string, file: string, { text, byPath }: SearchedFile): SearchedUnit[] {
  if (!byPath) return [];
  if (text === undefined) return [{ type: typeOf(file), whole: true, passages: [] }];
  const contract = contractLike.test(file) ? contractIn(root, file, text) : undefined;
  if (contract) return contract;
  const passages = text.length > MAX_BYTES || isDense(text) ? [] : splitText(file, text);
  return [{ type: typeOf(file), whole: true, passages }];
}

function contractIn(root: string, file: string, text: string): SearchedUnit[] | undefined {
  const source = { file, text, bytes: text.length };
  const format = formatOf(source);
  if (!format || !(isContractKind(format.kind) || format.kind === "expectation")) return undefined;
  const other = (path: string) => (path === file ? text : textAt(root, path));
  const document = format.parse(source, (path) => {
    const found = other(path);
    return found === undefined ? undefined : parseTree(path, found).value;
  });
  const contract = document.kind === "expectation" ? document.api : document;
  if (!isContract(contract)) return undefined;
  const units = contractUnits(contract, text, createLocate(other, () => undefined).locate);
  return isTestFile(file) ? units.map((unit) => ({ ...unit, type: "test" })) : units;
}

function isContract(document: ParsedDocument): document is Contract {
  return isContractKind(document.kind);
}

/** Text of a file that a contract refers to; undefined when there is none. */
function textAt(root: string, file: string): string | undefined {
  const size = statSync(join(root, file), { throwIfNoEntry: false })?.size;
  return size === undefined ? undefined : readSearchedFile(root, file, size, 0)?.text;
}

/** Few long lines: data, or code that was made by a program. */
function isDense(text: string): boolean {
  if (text.length < 5000) return false;
  let lines = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return text.length / lines > 300;
}

function typeOf(file: string): PlaceType {
  if (/(?:^|\/)specs\/.*\.md$|(?:^|\/)(?:spec|constitution)\.md$/.test(file)) return "spec";
  if (isProse(file)) return "doc";
  if (/(?:^|\/)contracts\/.*\.(?:ya?ml|json)$|\.(?:proto|avsc|graphql|gql)$/.test(file)) return "contract";
  return isTestFile(file) ? "test" : "code";
}
