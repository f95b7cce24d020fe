import type { Constitution } from "../model/constitution.ts";
import type { ParsedDocument, UnreadableFile } from "../model/parsed-document.ts";
import type { Plan } from "../model/plan.ts";
import type { Spec } from "../model/spec.ts";
import type { TaskList } from "../model/task-list.ts";
import { parseGo } from "./code/go.ts";
import { parseJava } from "./code/java.ts";
import { parsePython } from "./code/python.ts";
import { parseTypeScript } from "./code/typescript.ts";
import { parseConstitution } from "./constitution.ts";
import { asyncApi, avro, events, expectation, openApi, testFolder } from "./contract-formats.ts";
import { isDeployment, isEnvFile, parseDeployment } from "./deployment.ts";
import type { Format, SourceText } from "./format.ts";
import { isManifest, parseManifest } from "./manifest.ts";
import { isCatalogInfo, isCodeOwners, parseCatalogInfo, parseCodeOwners } from "./ownership.ts";
import { parsePlan } from "./plan.ts";
import { parseSpec } from "./spec.ts";
import { parseSummary } from "./summary.ts";
import { parseTaskList } from "./task-list.ts";

/** A document that `validate` judges. */
export type ReadableDocument = Spec | Plan | TaskList | Constitution;
export type DocumentKind = ReadableDocument["kind"];

/** How each kind of document is read, and the paths at which it stands: thousands of other markdown files are never opened. */
const documents: Readonly<Record<DocumentKind, DocumentReader>> = {
  spec: { at: /(?:^|\/)specs\/(?:.+\/)?spec\.md$/, read: parseSpec },
  plan: { at: /(?:^|\/)specs\/(?:.+\/)?plan\.md$/, read: parsePlan },
  tasks: { at: /(?:^|\/)specs\/(?:.+\/)?tasks\.md$/, read: parseTaskList },
  constitution: { at: /^(?:(?:\.specify\/)?memory\/)?constitution\.md$/, read: parseConstitution },
};

interface DocumentReader {
  readonly at: RegExp;
  readonly read: (source: SourceText) => ReadableDocument;
}

export const documentKinds = Object.keys(documents) as DocumentKind[];

/** What a file of that path is; undefined where no document is looked for. */
export function documentKindOf(file: string): DocumentKind | undefined {
  return documentKinds.find((kind) => documents[kind].at.test(file));
}

/** Longer than any document that a person has read; the longest of 120 real ones has 72,000. */
const MAX_CHARACTERS = 5_000_000;

/**
 * Reads a file as a document of that kind, wherever it stands. A file without text is `unreadable`, since what it lacks is everything; so is
 * one of more than five million characters. Never throws.
 */
export function parseAs(kind: DocumentKind, source: SourceText): ReadableDocument | UnreadableFile {
  const { file, text } = source;
  if (text.trim() === "")
    return unreadable(file, `${file} is empty.`, "Write the document, or remove the file.");
  if (text.length > MAX_CHARACTERS) {
    const size = `${Math.round(text.length / 1e6)} million characters`;
    const fix = "Split the document, or move what is no document out of it.";
    return unreadable(
      file,
      `${file} has ${size}; documents are read up to ${MAX_CHARACTERS / 1e6} million.`,
      fix,
    );
  }
  return documents[kind].read(source);
}

function unreadable(file: string, message: string, fix: string): UnreadableFile {
  const at = { file, line: 1, column: 1 };
  return { kind: "unreadable", file, problems: [{ rule: "unreadable-file", message, at, fix }] };
}

function documentFormat(kind: DocumentKind): Format {
  return {
    kind,
    mayBe: (file) => documents[kind].at.test(file),
    claims: () => true,
    parse: (source) => parseAs(kind, source),
  };
}

const deployment: Format = {
  kind: "deployment",
  mayBe: (file) => isEnvFile(file) || /\.ya?ml$/.test(file),
  claims: ({ file, text }) => isDeployment(file, text),
  parse: ({ file, text }) => parseDeployment(file, text),
};

const manifest: Format = {
  kind: "manifest",
  mayBe: isManifest,
  claims: ({ file }) => isManifest(file),
  parse: ({ file, text }) => parseManifest(file, text),
};

const codeOwners: Format = {
  kind: "code-owners",
  mayBe: isCodeOwners,
  claims: ({ file }) => isCodeOwners(file),
  parse: ({ file, text }) => parseCodeOwners(file, text),
};

const catalogInfo: Format = {
  kind: "catalog-info",
  mayBe: isCatalogInfo,
  claims: ({ file }) => isCatalogInfo(file),
  parse: ({ file, text }) => parseCatalogInfo(file, text),
};

const summary: Format = {
  kind: "summary",
  mayBe: (file) => /(?:^|\/)specs\/(?:.+\/)?(?:quick-ref|ai-doc)\.md$/.test(file),
  claims: () => true,
  parse: ({ file, text }, _, loadText) => parseSummary(file, text, loadText),
};

function codeFormat(extensions: RegExp, read: (file: string, text: string) => ParsedDocument): Format {
  return {
    kind: "code",
    mayBe: (file) => extensions.test(file) && !generatedCode.test(file),
    claims: ({ text }) => isWritten(text),
    parse: ({ file, text }) => read(file, text),
  };
}

const MAX_LINE = 5000;

/** Not longer than what people write, and not all on a few lines: no bundle, no table. */
function isWritten(text: string): boolean {
  if (text.length > 500_000) return false;
  let lines = 1;
  let start = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
    if (at - start > MAX_LINE) return false;
    start = at + 1;
    lines++;
  }
  return text.length - start <= MAX_LINE && (text.length / lines < 300 || text.length < MAX_LINE);
}

const generatedCode =
  /(?:\.d\.[cm]?ts|\.min\.js|[._]pb2?(?:_grpc)?\.(?:go|py|[jt]s)|\.gen\.(?:go|[jt]s)|_generated\.go)$/;

/** All formats; the first that claims a file reads it. */
const formats: readonly Format[] = [
  catalogInfo,
  codeOwners,
  expectation,
  openApi,
  asyncApi,
  avro,
  events,
  deployment,
  manifest,
  ...documentKinds.map(documentFormat),
  summary,
  codeFormat(/\.[cm]?[jt]sx?$/, parseTypeScript),
  codeFormat(/\.py$/, parsePython),
  codeFormat(/\.go$/, parseGo),
  codeFormat(/\.(?:java|kt)$/, parseJava),
];

/** Whether a file of that path may hold a document of the fleet: contracts of tests and samples describe other systems or made-up ones. */
export function mayBeOurs(file: string): boolean {
  if (sampleFolder.test(file)) return false;
  // Tests belong to the service that they test; contracts beside them do not.
  if (testFolder.test(file) && !sourceCode.test(file)) return expectation.mayBe(file);
  return formats.some(({ mayBe }) => mayBe(file));
}

const sourceCode = /\.(?:[cm]?[jt]sx?|py|go|java|kt)$/;
/** `fixtures/`, and folders that say whose they are: `rule.examples/`. */
const sampleFolder = /(?:^|[/.])(?:fixtures|testdata|examples?|samples?|templates?)\//i;

/** Which document a file holds; undefined when it is none of ours. */
export function formatOf(source: SourceText): Format | undefined {
  return formats.find(({ mayBe, claims }) => mayBe(source.file) && claims(source));
}
