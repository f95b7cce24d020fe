import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ReadingProblem } from "../model/contract.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import { formatOf } from "../parse/formats.ts";
import { decodeText } from "../parse/text.ts";
import { parseTree } from "../parse/tree.ts";
import type { CacheEntries, CacheEntry } from "./cache.ts";
import { blobId } from "./git.ts";

const MAX_BYTES = 100_000_000;
/** Files that are meant to be contracts or specs, so that one which cannot be read at all is worth a finding. */
const meantForUs =
  /(?:^|\/)(?:contracts|specs|openapi|asyncapi)\/|(?:^|\/)(?:openapi|asyncapi|swagger|api-spec|[\w-]*events)\.(?:ya?ml|json)$/;

/** Instead of the blob id of a file that is not there. */
export const MISSING = "missing";

interface Content {
  readonly hash: string;
  /** Undefined when the file is binary or too large. */
  readonly text: string | undefined;
  readonly bytes: number;
  readonly problems: readonly ReadingProblem[];
}

/**
 * Reads documents of a tree, each once, and remembers them by content. Size and time of the last change decide whether a file is read at all;
 * the content's hash decides whether it is parsed.
 */
export class DocumentReader {
  /** What is known now: to be kept for the next run. */
  readonly entries: CacheEntries = new Map();
  /** Files that had to be parsed. */
  readCount = 0;
  /** Whether `entries` differs from what was known before. */
  changed = false;
  readonly #root: string;
  readonly #before: CacheEntries;
  readonly #now: number;
  readonly #contents = new Map<string, Content | undefined>();
  readonly #values = new Map<string, unknown>();

  constructor(root: string, before: CacheEntries, now: number) {
    this.#root = root;
    this.#before = before;
    this.#now = now;
  }

  readAll(files: readonly string[]): ParsedDocument[] {
    const documents = files.flatMap((file) => this.#entry(file)?.document ?? []);
    if (this.entries.size !== this.#before.size) this.changed = true;
    return documents;
  }

  /** Whether something is remembered of a file, old or not. */
  knows(file: string): boolean {
    return this.#before.has(file);
  }

  /** Takes over what another reader of the same tree found out. */
  adopt(entries: CacheEntries, parsed: number): void {
    for (const [file, entry] of entries) this.#before.set(file, entry);
    this.readCount += parsed;
    this.changed ||= parsed > 0;
  }

  /** Lets go of the texts and values of files, which would be read again when asked for; what was learnt from them stays. */
  forget(): void {
    this.#contents.clear();
    this.#values.clear();
  }

  textOf(file: string): string | undefined {
    return this.#content(file)?.text;
  }

  /** The parsed YAML or JSON value of a file, or undefined when there is none. */
  valueOf(file: string): unknown {
    if (!this.#values.has(file)) {
      const text = this.textOf(file);
      this.#values.set(file, text === undefined ? undefined : parseTree(file, text).value);
    }
    return this.#values.get(file);
  }

  #entry(file: string): CacheEntry | undefined {
    const stat = statSync(join(this.#root, file), { throwIfNoEntry: false });
    if (!stat) return undefined;
    const { size, mtimeMs } = stat;
    const before = this.entries.get(file) ?? this.#before.get(file);
    const untouched = before !== undefined && before.size === size && before.mtimeMs === mtimeMs;
    const entry =
      untouched && this.#referencesHold(before) ? before : this.#read(file, size, mtimeMs, before);
    if (entry) this.entries.set(file, entry);
    return entry;
  }

  /** A contract is as good as remembered only while the files that its `$ref`s lead to are what they were. */
  #referencesHold({ references }: CacheEntry): boolean {
    return Object.entries(references).every(([file, hash]) => (this.#hashOf(file) ?? MISSING) === hash);
  }

  #hashOf(file: string): string | undefined {
    const before = this.entries.get(file) ?? this.#before.get(file);
    if (before) {
      const stat = statSync(join(this.#root, file), { throwIfNoEntry: false });
      if (stat?.size === before.size && stat.mtimeMs === before.mtimeMs) return before.hash;
    }
    return this.#content(file)?.hash;
  }

  #read(file: string, size: number, mtimeMs: number, before: CacheEntry | undefined): CacheEntry | undefined {
    this.changed = true;
    const content = this.#content(file);
    if (!content) return undefined;
    // A file written just now may change again within the same tick of its time stamp: such a stamp proves nothing later.
    const provenTime = mtimeMs > this.#now - 2000 ? -1 : mtimeMs;
    if (before?.hash === content.hash && this.#referencesHold(before))
      return { ...before, size, mtimeMs: provenTime };
    this.readCount++;
    const references: Record<string, string> = {};
    const document = this.#parse(file, content, references);
    return { size, mtimeMs: provenTime, hash: content.hash, document, references, positions: {} };
  }

  #parse(file: string, content: Content, references: Record<string, string>): ParsedDocument | null {
    const { text, bytes, problems } = content;
    if (text === undefined) return meantForUs.test(file) ? { kind: "unreadable", file, problems } : null;
    const loadText = (other: string): string | undefined => {
      const found = this.#content(other);
      // That a file is missing is remembered too: once it is there, the reference leads somewhere.
      references[other] = found?.hash ?? MISSING;
      return found?.text;
    };
    const load = (other: string): unknown =>
      loadText(other) === undefined ? undefined : this.valueOf(other);
    const source = { file, text, bytes };
    const document = formatOf(source)?.parse(source, load, loadText);
    if (document) return withProblems(document, problems);
    const unreadable = meantForUs.test(file) ? [...problems, ...parseTree(file, text).problems] : [];
    return unreadable.length > 0 ? { kind: "unreadable", file, problems: unreadable } : null;
  }

  #content(file: string): Content | undefined {
    if (!this.#contents.has(file)) this.#contents.set(file, readContent(this.#root, file));
    return this.#contents.get(file);
  }
}

function withProblems(document: ParsedDocument, problems: readonly ReadingProblem[]): ParsedDocument {
  if (problems.length === 0 || !("problems" in document)) return document;
  return { ...document, problems: [...problems, ...document.problems] };
}

function readContent(root: string, file: string): Content | undefined {
  const path = join(root, file);
  const problem = (message: string): ReadingProblem[] => [
    { rule: "unreadable-file", message, at: { file, line: 1, column: 1 } },
  ];
  try {
    const { size } = statSync(path);
    if (size > MAX_BYTES) {
      const message = `${file} has ${Math.round(size / 1e6)} MB; files are read up to ${MAX_BYTES / 1e6} MB.`;
      return { hash: `${size} bytes`, text: undefined, bytes: size, problems: problem(message) };
    }
    const bytes = readFileSync(path);
    const decoded = decodeText(file, bytes);
    return {
      hash: blobId(bytes),
      text: decoded.kind === "text" ? decoded.text : undefined,
      bytes: size,
      problems: decoded.problems,
    };
  } catch (error) {
    const { code = "unknown error" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "EISDIR" || code === "ENOTDIR") return undefined;
    return { hash: code, text: undefined, bytes: 0, problems: problem(`${file} cannot be read: ${code}.`) };
  }
}
