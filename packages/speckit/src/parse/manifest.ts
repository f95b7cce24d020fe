import type { Place } from "../model/location.ts";
import type { Manifest } from "../model/manifest.ts";
import { technologiesIn } from "../model/technology.ts";
import { technologyOfPackage } from "./manifest/packages.ts";
import { joinPointer } from "./pointer.ts";
import { parseTree } from "./tree.ts";
import { mapping } from "./values.ts";

/** A package that runs in production; what only tests need says nothing about a service. */
interface Dependency {
  readonly name: string;
  readonly at: Place;
}

type Reader = (file: string, text: string) => Dependency[];

const readers: readonly (readonly [RegExp, Reader])[] = [
  [/(?:^|\/)package\.json$/, packageJson],
  [/(?:^|\/)pyproject\.toml$/, pyproject],
  [/(?:^|\/)requirements\.txt$/, byLine(/^\s*([\w.-]+)/)],
  [/(?:^|\/)go\.mod$/, byLine(/^\s*(?:require\s+)?([\w.-]+\.[a-z]+\/[\w./-]+)\s+v\d/)],
  [
    /(?:^|\/)build\.gradle(?:\.kts)?$/,
    byLine(/^\s*(?:implementation|api|runtimeOnly)\b[^"']*["']([\w.:-]+)/),
  ],
  [/(?:^|\/)pom\.xml$/, pom],
];

export const isManifest = (file: string) => readers.some(([pattern]) => pattern.test(file));

/** Reads which technologies a service depends on. Never throws; what is no package that constitutions speak of is passed over. */
export function parseManifest(file: string, text: string): Manifest {
  const read = readers.find(([pattern]) => pattern.test(file))?.[1];
  const technologies = (read?.(file, text) ?? []).flatMap(({ name, at }) => {
    const [technology] = technologiesIn(technologyOfPackage(name) ?? "");
    return technology ? [{ ...technology, package: name, at }] : [];
  });
  return { kind: "manifest", file, technologies };
}

function packageJson(file: string, text: string): Dependency[] {
  const { dependencies } = mapping(parseTree(file, text).value);
  return Object.keys(mapping(dependencies)).map((name) => ({
    name,
    at: { file, pointer: joinPointer("/dependencies", name) },
  }));
}

function byLine(pattern: RegExp): Reader {
  return (file, text) =>
    text.split("\n").flatMap((line, index) => {
      const name = pattern.exec(line)?.[1];
      return name === undefined
        ? []
        : [{ name, at: { file, line: index + 1, column: line.indexOf(name) + 1 } }];
    });
}

/** Names in lists (`"fastapi>=0.100"`) and in Poetry's tables (`fastapi = "^0.100"`), outside of groups for development. */
function pyproject(file: string, text: string): Dependency[] {
  let counts = false;
  return text.split("\n").flatMap((line, index) => {
    const [, table] = /^\s*\[+([^\]]+)\]/.exec(line) ?? [];
    if (table !== undefined && !/^\s*\[\s*$/.test(line) && !line.includes('"')) {
      counts = /^(?:project|tool\.poetry\.dependencies)$/.test(table.trim());
    }
    const name = counts
      ? /^\s*"?([A-Za-z][\w.-]*)/.exec(line.replace(/^\s*dependencies\s*=\s*\[/, ""))?.[1]
      : undefined;
    return name === undefined
      ? []
      : [{ name, at: { file, line: index + 1, column: line.indexOf(name) + 1 } }];
  });
}

function pom(file: string, text: string): Dependency[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const name = /<artifactId>\s*([\w.-]+)/.exec(line)?.[1];
    const rest =
      lines
        .slice(index, index + 4)
        .join("")
        .split("</dependency>")[0] ?? "";
    if (name === undefined || rest.includes("<scope>test")) return [];
    return [{ name, at: { file, line: index + 1, column: line.indexOf("<") + 1 } }];
  });
}
