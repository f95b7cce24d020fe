import { existsSync } from "node:fs";
import { join } from "node:path";
import { contractSide } from "../changes/compare-contracts.ts";
import type { ContractVersions } from "../changes/compare-fleet.ts";
import { repositoriesAt } from "../link/repositories.ts";
import { isContractKind } from "../model/contract.ts";
import { groupBy } from "../model/group-by.ts";
import { contractsOf, type Service, type Workspace } from "../model/workspace.ts";
import { formatOf, mayBeOurs } from "../parse/formats.ts";
import { decodeText } from "../parse/text.ts";
import { parseTree } from "../parse/tree.ts";
import { mapping, text } from "../parse/values.ts";
import { type FoundBaseline, pathIn } from "./baselines.ts";
import { listTree, readBlobs } from "./git.ts";
import type { ReadWorkspace } from "./read-workspace.ts";

type Kind = ContractVersions["kind"];

interface Found {
  readonly file: string;
  readonly kind: Kind;
  readonly service: string | undefined;
}

/**
 * Pairs each contract with its version in the baseline of its repository. Contracts whose files, and all files that they refer to, are the same are left out: they need no
 * comparison. A contract that moved is found again by its content, its name or its title.
 */
export function readBaseline(read: ReadWorkspace, baselines: readonly FoundBaseline[]): ContractVersions[] {
  const tree = treeOf(read.root, baselines);
  const baseline = new BaselineReader(read, tree);
  const { of } = repositoriesAt(read.repositories);
  const known = new Set(baselines.map(({ dir }) => dir));
  const now = contractsIn(read.workspace).filter(({ file }) => known.has(of(file)));
  const changed = now.filter(({ file, references }) =>
    [file, ...references].some((path) => read.hashes.get(path) !== tree.get(path)?.id),
  );
  const present = new Set(now.map(({ file }) => file));
  const gone = baseline.contractsAmong(
    [...tree.keys()].filter(
      (file) => !present.has(file) && mayBeOurs(file) && !existsSync(join(read.root, file)),
    ),
    read.workspace.services,
  );
  baseline.prefetch(changed.map(({ file }) => file));
  const versions = changed
    .filter(({ file }) => tree.has(file))
    .map((contract) => pair(contract, contract.file, contract.file, baseline, read));
  const fresh = changed.filter(({ file }) => !tree.has(file));
  for (const old of gone) {
    const moved = fresh.find((candidate) => isSame(old, candidate, baseline, read));
    if (moved) fresh.splice(fresh.indexOf(moved), 1);
    // A whole service that was removed together with its contracts is gone on purpose; its consumers still find nothing.
    versions.push(pair(moved ?? old, old.file, moved?.file, baseline, read));
  }
  return versions;
}

function contractsIn({ services }: Workspace): (Found & { readonly references: readonly string[] })[] {
  return services.flatMap((service) =>
    contractsOf(service).map(({ file, references, kind }) => ({
      file,
      references,
      kind,
      service: service.name,
    })),
  );
}

function pair(
  { kind, service }: Found,
  base: string,
  revision: string | undefined,
  baseline: BaselineReader,
  read: ReadWorkspace,
): ContractVersions {
  return {
    service,
    kind,
    base: contractSide(base, (file) => baseline.valueOf(file)),
    revision: revision === undefined ? undefined : contractSide(revision, read.valueOf),
  };
}

/** The same contract in another place: same content, or same kind and same file name or title. */
function isSame(old: Found, candidate: Found, baseline: BaselineReader, read: ReadWorkspace): boolean {
  if (old.kind !== candidate.kind) return false;
  if (baseline.idOf(old.file) === read.hashes.get(candidate.file)) return true;
  if (old.service === candidate.service && baseName(old.file) === baseName(candidate.file)) return true;
  const titleOf = (value: unknown) => text(mapping(mapping(value).info).title);
  const title = titleOf(baseline.valueOf(old.file));
  return title !== undefined && title === titleOf(read.valueOf(candidate.file));
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
}

/** Files of the baselines by their paths from the root of the workspace. */
type BaselineTree = ReadonlyMap<string, { readonly id: string; readonly repository: string }>;

function treeOf(root: string, baselines: readonly FoundBaseline[]): BaselineTree {
  return new Map(
    baselines.flatMap(({ dir, commit }) =>
      [...listTree(join(root, dir), commit)].map(
        ([file, id]) => [pathIn(dir, file), { id, repository: dir }] as const,
      ),
    ),
  );
}

/** Files as they were in the baseline; those that are the same today are not read twice. */
class BaselineReader {
  readonly #read: ReadWorkspace;
  readonly #tree: BaselineTree;
  readonly #texts = new Map<string, string | undefined>();
  readonly #values = new Map<string, unknown>();

  constructor(read: ReadWorkspace, tree: BaselineTree) {
    this.#read = read;
    this.#tree = tree;
  }

  idOf(file: string): string | undefined {
    return this.#tree.get(file)?.id;
  }

  /** Reads many files with one call of git. */
  prefetch(files: readonly string[]): void {
    const wanted = files.filter((file) => this.#tree.has(file) && !this.#texts.has(file));
    const blobs = this.#blobsOf(wanted);
    for (const file of wanted) {
      const bytes = blobs.get(this.#tree.get(file)?.id ?? "");
      const decoded = bytes && decodeText(file, bytes);
      this.#texts.set(file, decoded?.kind === "text" ? decoded.text : undefined);
    }
  }

  #blobsOf(files: readonly string[]): Map<string, Buffer> {
    const entries = files.flatMap((file) => this.#tree.get(file) ?? []);
    return new Map(
      [...groupBy(entries, ({ repository }) => repository)].flatMap(([repository, blobs]) => [
        ...readBlobs(
          join(this.#read.root, repository),
          blobs.map(({ id }) => id),
        ),
      ]),
    );
  }

  contractsAmong(files: readonly string[], services: readonly Service[]): Found[] {
    this.prefetch(files);
    return files.flatMap((file) => {
      const content = this.#texts.get(file);
      if (content === undefined) return [];
      const source = { file, text: content, bytes: content.length };
      const kind = formatOf(source)?.kind;
      if (kind === undefined || !isContractKind(kind)) return [];
      return [{ file, kind, service: services.find(({ dir }) => file.startsWith(`${dir}/`))?.name }];
    });
  }

  valueOf(file: string): unknown {
    const id = this.idOf(file);
    if (id === undefined) return undefined;
    if (this.#read.hashes.get(file) === id) return this.#read.valueOf(file);
    if (!this.#values.has(file)) {
      this.prefetch([file]);
      const content = this.#texts.get(file);
      this.#values.set(file, content === undefined ? undefined : parseTree(file, content).value);
    }
    return this.#values.get(file);
  }
}
