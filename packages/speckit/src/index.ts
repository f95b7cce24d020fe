/**
 * The engine as a library. It runs wherever JavaScript runs: it takes texts and gives data, and reaches for no folder, no network and no
 * command line.
 */
import {
  type ContractKind,
  compareContracts,
  contractKindOf,
  readsRefSiblings,
} from "./changes/compare-contracts.ts";
import type { Verdict } from "./changes/judge.ts";
import { changeRules } from "./changes/rules/index.ts";
import type { ContractSide } from "./changes/schema/contract-side.ts";
import { checkWorkspace } from "./check-workspace.ts";
import { checks } from "./checks/index.ts";
import { link } from "./link/link.ts";
import type { CallableOperation } from "./model/callable-operation.ts";
import { type Compatibility, type Config, defaultConfig } from "./model/config.ts";
import type { Finding } from "./model/finding.ts";
import { compareText, type Locate } from "./model/location.ts";
import type { ParsedDocument } from "./model/parsed-document.ts";
import type { Workspace } from "./model/workspace.ts";
import { readCallableOperations } from "./parse/callable-operations.ts";
import { parseConfig } from "./parse/config.ts";
import { formatOf, mayBeOurs } from "./parse/formats.ts";
import { createLocate } from "./parse/locate.ts";
import { parseTree } from "./parse/tree.ts";
import { mapping } from "./parse/values.ts";
import { verifyRuleIds } from "./verify/rule-ids.ts";

export { buildCatalog, type Catalog } from "./catalog/catalog.ts";
export { type Verdict, worst } from "./changes/judge.ts";
export { changeRules } from "./changes/rules/index.ts";
export type { Check } from "./checks/check.ts";
export { checks } from "./checks/index.ts";
export type { CallableOperation } from "./model/callable-operation.ts";
export type { Finding, Level, Severity } from "./model/finding.ts";
export type { Location } from "./model/location.ts";
export type { Service, Workspace } from "./model/workspace.ts";
export {
  asyncApiFromEvents,
  type EventEnds,
  type EventSource,
  eventsFromAsyncApi,
} from "./parse/asyncapi/events-exchange.ts";
export { renderCatalogMarkdown } from "./render/catalog-markdown.ts";
export { renderSarif } from "./render/sarif.ts";
export type { ContractRequest, HttpAnswer, HttpRequest, RawAnswer } from "./verify/exchange.ts";
export { type Judgement, judgeAnswer } from "./verify/judge.ts";
export { withCredentials } from "./verify/requests/credentials.ts";
export { type RequestOptions, requestsFor } from "./verify/requests/requests-for.ts";

/** A fleet that was read, and how to find lines in it. */
export interface Fleet {
  readonly workspace: Workspace;
  readonly locate: Locate;
}

/**
 * Reads the files of a repository and links them. `files` are texts by path, relative to the repository's root with `/`; paths without
 * interest are left alone. What cannot be read is a problem of the workspace.
 * @throws BadConfig when `.speckit.config.json` is among them and is no configuration
 */
export function readFleet(files: Readonly<Record<string, string>>, name = "repository"): Fleet {
  const paths = Object.keys(files).sort(compareText);
  const load = (file: string): unknown =>
    files[file] === undefined ? undefined : parseTree(file, files[file]).value;
  const documents = paths.filter(mayBeOurs).flatMap((file): ParsedDocument[] => {
    const text = files[file] ?? "";
    const source = { file, text, bytes: new TextEncoder().encode(text).length };
    const document = formatOf(source)?.parse(source, load, (other) =>
      Object.hasOwn(files, other) ? files[other] : undefined,
    );
    return document ? [document] : [];
  });
  const workspace = link({
    documents,
    files: paths,
    config: configIn(files),
    serviceRoots: [],
    rootName: name,
  });
  const { locate } = createLocate(
    (file) => files[file],
    () => undefined,
  );
  return { workspace, locate };
}

function configIn(files: Readonly<Record<string, string>>): Config {
  const file = ".speckit.config.json";
  const known = new Set([...[...checks, ...changeRules].map(({ id }) => id), ...verifyRuleIds]);
  return files[file] === undefined ? defaultConfig : parseConfig(file, files[file], known).config;
}

/** Runs every check. Findings come sorted by file, line and rule. */
export function checkFleet({ workspace, locate }: Fleet): Finding[] {
  return checkWorkspace(workspace, checks, locate);
}

/** A contract as text: YAML or JSON. */
export interface ContractText {
  readonly file: string;
  readonly text: string;
}

export interface CompareOptions {
  /** For events and schemas; without it forward for what is sent, backward for what is received and for plain schemas. */
  readonly compatibility?: Compatibility;
  /** `YYYY-MM-DD`: decides whether a sunset has passed. */
  readonly today: string;
}

/**
 * Compares two versions of a contract and judges each change. `$ref`s to other files are not followed.
 * @throws TypeError when one of the two is no contract, or they are contracts of two kinds
 */
export function compareTexts(base: ContractText, revision: ContractText, options: CompareOptions): Verdict[] {
  const sides = [sideOf(base), sideOf(revision)] as const;
  const [before, after] = sides.map(({ kind }) => kind);
  if (before === undefined || before !== after)
    throw new TypeError(
      `${base.file} is ${before ?? "no contract"} and ${revision.file} is ${after ?? "no contract"}; two contracts of one kind can be compared.`,
    );
  return compareContracts(before, sides[0].side, sides[1].side, {
    rules: changeRules,
    compatibility: options.compatibility,
    today: options.today,
  });
}

/**
 * The operations of an OpenAPI contract, with what `requestsFor` and `judgeAnswer` need to know. `load` gives the values of other files that `$ref`s
 * lead to; without it they are not followed. Empty when the text is no OpenAPI document.
 */
export function operationsIn(
  { file, text }: ContractText,
  load: (file: string) => unknown = () => undefined,
): CallableOperation[] {
  return readCallableOperations(parseTree(file, text), load);
}

function sideOf({ file, text }: ContractText): { kind: ContractKind | undefined; side: ContractSide } {
  const { value } = parseTree(file, text);
  const side = { file, value, load: () => undefined, refSiblings: readsRefSiblings(mapping(value)) };
  return { kind: contractKindOf(value, file), side };
}
