import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { basename, posix } from "node:path";
import type { DocumentName } from "../authoring/document/divide.ts";
import { type GeneratedDocument, generateDocuments } from "../authoring/document/generate.ts";
import type { Subject } from "../authoring/document/subject.ts";
import type { Feature, Service } from "../model/workspace.ts";
import type { ReadWorkspace } from "../node/read-workspace.ts";
import { sealHash } from "../node/seal-hash.ts";
import { pathBelow } from "../node/setup/safe-path.ts";
import { writeAtomically } from "../node/write-file.ts";
import { readCallableOperations } from "../parse/callable-operations.ts";
import { parseSummary } from "../parse/summary.ts";
import {
  type DocumentedFeature,
  type DocumentedFile,
  renderDocumentedJson,
  renderDocumentedText,
} from "../render/documented-text.ts";
import { type CountTokens, loadTokenCounter } from "../tokens/count.ts";
import { type Command, type Options, UsageError } from "./command.ts";
import { type OpenWorkspace, openWorkspace } from "./open-workspace.ts";

export const document: Command = {
  name: "document",
  summary: "quick-ref.md and ai-doc.md of a service, from its code, contracts and documents",
  options: [
    ["--service <name>", "the service that is documented"],
    ["--all", "every service, wherever one stands"],
    ["--update", "rewrite what changed, and leave what a person wrote; as without it"],
    ["--check", "exit with 1 when a document is missing or stale; write nothing"],
    ["--stdout", "print the documents, and write nothing"],
    ["--force", "write them anew, what a person wrote included"],
  ],
  examples: [
    "speckit document",
    "speckit document --service=user-service --update",
    "speckit document --all --check",
    "speckit document --stdout",
  ],

  async run(_, options, io) {
    const opened = openWorkspace(options, io);
    const { targets, without } = targetsOf(opened, options);
    const count = await loadTokenCounter();
    const mode = options.check === true ? "check" : options.stdout === true ? "print" : "write";
    const features = targets.map(({ service, feature }) =>
      documentFeature(opened.read, service, feature, { mode, force: options.force === true, count }),
    );
    opened.read.save();
    const report = {
      mode,
      features,
      without: without.map(({ name }) => name),
      service: features.length === 1 && options.service !== undefined ? features[0]?.service : undefined,
    } as const;
    if (options.json === true) io.write(renderDocumentedJson(report));
    else if (mode === "print")
      io.write(features.flatMap(({ files }) => files.map(({ shown }) => shown)).join("\n"));
    else io.write(renderDocumentedText(report, io));
    const isStale = features.some(({ files }) =>
      files.some(({ outcome, stale }) => outcome !== "unchanged" || stale.length > 0),
    );
    return mode === "check" && isStale ? 1 : 0;
  },
};

interface Target {
  readonly service: Service;
  readonly feature: Feature | undefined;
}

/**
 * The features whose documents are meant; and the services that have no folder for any.
 * @throws UsageError when there is none at all
 */
function targetsOf(
  { read: { workspace, root }, scope }: OpenWorkspace,
  options: Options,
): { readonly targets: readonly Target[]; readonly without: readonly Service[] } {
  const services = scope.kind === "all" ? workspace.services : scope.service ? [scope.service] : [];
  const targets = services.flatMap((service) =>
    service.features
      .filter(
        ({ spec, plan, tasks, dir }) =>
          (spec ?? plan ?? tasks) && (scope.kind !== "feature" || dir === scope.dir),
      )
      .map((feature) => ({ service, feature })),
  );
  const without = services.filter((service) => !targets.some((target) => target.service === service));
  if (targets.length > 0) return { targets, without };
  // Without a folder to write to they can still be read.
  if (options.stdout === true && services.length > 0)
    return { targets: services.map((service) => ({ service, feature: undefined })), without: [] };
  throw new UsageError(withoutSpecs(services, basename(root)));
}

function withoutSpecs([first, ...others]: readonly Service[], root: string): string {
  if (!first)
    return `No service was found in ${root}: no folder holds a contract or a specification. Write one: speckit specify "WHAT IT SHALL DO".`;
  const who = others.length === 0 ? first.name : "No service here";
  const lacks = others.length === 0 ? "has no folder" : "has a folder";
  return `${who} ${lacks} specs/NNN-slug for quick-ref.md and ai-doc.md to stand in. Draft one from what is there with speckit init, or print them: speckit document --stdout --service=${first.name}.`;
}

export interface DocumentMode {
  readonly mode: "write" | "check" | "print";
  /** Writes anew what a person wrote, too. */
  readonly force: boolean;
  readonly count: CountTokens;
}

/** Brings quick-ref.md and ai-doc.md of a feature up to date, or says how they stand. */
export function documentFeature(
  { root, ...read }: ReadWorkspace,
  service: Service,
  feature: Feature | undefined,
  { mode, force, count }: DocumentMode,
): DocumentedFeature {
  const { workspace, textOf, locate } = read;
  const valueAt = (name: string) => read.valueOf(name);
  const operationsIn = (file: string) => readCallableOperations({ file, value: valueAt(file) }, valueAt);
  const subject: Subject = { workspace, service, feature, textOf, operationsIn, locate };
  const pathOf = (name: DocumentName) => posix.join(feature?.dir ?? service.dir, name);
  const standing = (name: DocumentName) => (feature ? textAt(root, pathOf(name)) : undefined);
  const current = { "quick-ref.md": standing("quick-ref.md"), "ai-doc.md": standing("ai-doc.md") };
  const before = {
    "quick-ref.md": withLines(current["quick-ref.md"]),
    "ai-doc.md": withLines(current["ai-doc.md"]),
  };
  const target = workspace.config.documentation.token_target;
  // What counts is the file as it will stand.
  const counted: CountTokens = (text) => count(endedAs(current["quick-ref.md"], text));
  const documents = generateDocuments(subject, before, { target, count: counted, hash: sealHash, force });
  // The seals of both stand in the second: a run that is cut off between them finds its own words in the first and takes them as such.
  if (mode === "write")
    for (const { name, text } of documents)
      if (text !== before[name]) writeAtomically(pathBelow(root, pathOf(name)), endedAs(current[name], text));
  return {
    service: service.name,
    feature: feature?.slug,
    files: documents.map((one) => {
      const file = pathOf(one.name);
      return { ...fileOf(one, file, mode, target), stale: parseSummary(file, one.shown, textOf).stale };
    }),
  };
}

function withLines(text: string | undefined): string | undefined {
  return text?.replace(/\r\n/g, "\n");
}

/** A text with the line ends of what stood there. */
function endedAs(standing: string | undefined, text: string): string {
  return standing?.includes("\r\n") ? text.replace(/\r?\n/g, "\r\n") : text;
}

/**
 * What stands in a document; undefined where there is none.
 * @throws UsageError when it is no text, since something of it would be lost
 */
function textAt(root: string, file: string): string | undefined {
  const path = pathBelow(root, file);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return undefined;
  if (!stat.isFile())
    throw new UsageError(`${file} is no file. Move it away: the document is to stand there.`);
  const bytes = readFileSync(path);
  if (!bytes.includes(0) && isUtf8(bytes)) return bytes.toString();
  throw new UsageError(`${file} is no text in UTF-8. Save it as such, or move it away; nothing was written.`);
}

function fileOf(
  { name, outcome, tokens, changes, leftOut, shown }: GeneratedDocument,
  file: string,
  mode: DocumentMode["mode"],
  target: number,
): Omit<DocumentedFile, "stale"> {
  const stands =
    mode === "check" && outcome !== "unchanged"
      ? ({ written: "missing", revised: "stale" } as const)[outcome]
      : outcome;
  return {
    file,
    kind: name === "quick-ref.md" ? "quick-ref" : "ai-doc",
    outcome: stands,
    tokens,
    target: name === "quick-ref.md" ? target : undefined,
    leftOut,
    changes,
    shown,
    written: mode === "write" && outcome !== "unchanged",
  };
}
