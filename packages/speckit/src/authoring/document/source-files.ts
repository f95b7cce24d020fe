import type { NamedPlace } from "../../model/code.ts";
import { groupBy } from "../../model/group-by.ts";
import { compareText } from "../../model/location.ts";
import { isTestFile } from "../../model/test-files.ts";
import { type DocumentedOperation, resourceOf, wordsFor } from "./operations.ts";
import { purposeOf } from "./purpose.ts";
import { filesBelow, pathIn, type Subject } from "./subject.ts";

/** A file of the service's code that is no test. */
export interface SourceFile {
  readonly file: string;
  /** As documents of the service write it. */
  readonly path: string;
  readonly role: FileRole;
  readonly exports: readonly NamedPlace[];
  readonly purpose: string | undefined;
  /** How much of what the service does is decided here; files come with the greatest first. */
  readonly weight: number;
}

export type FileRole = "routes" | "domain" | "store" | "events" | "start" | "other";

const source = /\.(?:[cm]?[jt]sx?|py|go|java|kt)$/;
const aside =
  /(?:^|\/)(?:dist|build|out|node_modules|vendor|fixtures|testdata|examples?|samples?|templates?|scripts|migrations?|alembic|tools|bench)\/|\.d\.[cm]?ts$|(?:^|\/)(?:[\w.-]+\.config\.[cm]?[jt]s|setup\.py|__init__\.py|package-info\.java)$/;

const roles: readonly (readonly [FileRole, RegExp])[] = [
  [
    "store",
    /(?:^|\/)(?:stores?|repositor(?:y|ies)|db|database|dao|persistence|storage)\/|(?:repository|store|dao)\.\w+$/i,
  ],
  [
    "events",
    /(?:^|\/)(?:consumers?|events?|messaging|listeners?|subscribers?|publishers?)\/|(?:consumer|listener|publisher|subscriber)\.\w+$/i,
  ],
  [
    "routes",
    /(?:^|\/)(?:routes?|routers?|controllers?|handlers?|api|endpoints?|resources?|views|web|http|rest)\/|(?:controller|routes?|router|handlers?|resource|views)\.\w+$/i,
  ],
  [
    "domain",
    /(?:^|\/)(?:domain|services?|core|use-?cases?|application|logic|models?|entit(?:y|ies))\/|(?:service|model)\.\w+$/i,
  ],
  ["start", /(?:^|\/)(?:main|app|server|index|service|application|\w+application)\.\w+$/i],
];

const weights: Readonly<Record<FileRole, number>> = {
  routes: 3,
  domain: 6,
  store: 5,
  events: 3,
  start: 2,
  other: 1,
};

/** The code of a service without its tests, most telling first. */
export function sourceFiles(subject: Subject, operations: readonly DocumentedOperation[]): SourceFile[] {
  const { service, workspace, textOf } = subject;
  const { code } = service;
  const inService = serviceFiles(subject, workspace.files ?? filesKnown(subject));
  const exports = groupBy(code.exports, ({ at }) => at.file);
  const answers = groupBy(
    [...code.routes, ...code.handlerTables.flatMap(({ handlers }) => handlers)],
    ({ at }) => at.file,
  );
  const handled = groupBy(
    operations.filter(({ handler }) => handler),
    ({ handler }) => handler?.file,
  );
  const topics = groupBy(code.topics, ({ at }) => at.file);
  return inService
    .map((file): SourceFile => {
      const text = textOf(file) ?? "";
      const own = exports.get(file) ?? [];
      const path = pathIn(subject, file);
      const role = roles.find(([, pattern]) => pattern.test(path))?.[0] ?? "other";
      const purpose = purposeOf(file, text, own) ?? answersFor(handled.get(file) ?? []);
      // Where a handler stands counts more than where it is registered.
      const holds =
        Math.min(6, (handled.get(file)?.length ?? 0) * 1.5) +
        Math.min(2, (answers.get(file)?.length ?? 0) / 2) +
        Math.min(2, topics.get(file)?.length ?? 0);
      const size = Math.min(2, text.split("\n").length / 100) + Math.min(1.5, own.length / 4);
      const isPlain = /(?:^|\/)(?:types?|constants?|config|settings|index|tables)\.\w+$/.test(path);
      // A file for one endpoint of many says what the list of endpoints says.
      const isOneOfMany = handled.get(file)?.length === 1 && operations.length > 3;
      const weight =
        weights[role] +
        holds +
        size +
        (purpose === undefined ? 0 : 1.5) -
        (isPlain ? 3 : 0) -
        (isOneOfMany ? 3 : 0);
      return { file, path, role, exports: own, purpose, weight };
    })
    .sort((a, b) => b.weight - a.weight || compareText(a.path, b.path));
}

/** A file that says nothing of itself is for the operations that it handles. */
function answersFor(operations: readonly DocumentedOperation[]): string | undefined {
  const [first, ...others] = operations;
  if (!first) return undefined;
  if (others.length === 0) return wordsFor(first) || undefined;
  return `Endpoints of ${[...new Set(operations.map(({ path }) => resourceOf(path)))].join(", ")}`;
}

/** Files that documents were read of, where the tree is not known. */
function filesKnown({ service: { code } }: Subject): string[] {
  return [...new Set([...code.exports, ...code.routes, ...code.topics].map(({ at }) => at.file))].sort(
    compareText,
  );
}

function serviceFiles({ service, workspace }: Subject, files: readonly string[]): string[] {
  const { dir } = service;
  const inside = workspace.services
    .map((one) => one.dir)
    .filter((one) => one !== dir && (dir === "." || one.startsWith(`${dir}/`)));
  return filesBelow(dir, files).filter(
    (file) =>
      source.test(file) &&
      !isTestFile(file) &&
      !aside.test(pathIn({ service }, file)) &&
      !inside.some((one) => file.startsWith(`${one}/`)),
  );
}

/** The files to know first: of each kind the most telling before the second of any. */
export function keyFiles(files: readonly SourceFile[]): SourceFile[] {
  const seen = new Map<FileRole, number>();
  return files
    .map((file) => {
      const before = seen.get(file.role) ?? 0;
      seen.set(file.role, before + 1);
      return { file, worth: file.weight - 3 * before };
    })
    .sort((a, b) => b.worth - a.worth || compareText(a.file.path, b.file.path))
    .map(({ file }) => file);
}
