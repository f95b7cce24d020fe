import type { CodeFile, NamedPlace } from "../../model/code.ts";
import { isTestFile } from "../../model/test-files.ts";
import { Source, type Syntax } from "./source.ts";
import { readCalls } from "./typescript/calls.ts";
import { readEnvironment } from "./typescript/environment.ts";
import { readHandlers } from "./typescript/handlers.ts";
import { readNestRoutes } from "./typescript/nest.ts";
import { readRoutes } from "./typescript/routes.ts";
import { readTests } from "./typescript/tests.ts";
import { readTopics } from "./typescript/topics.ts";

const syntax: Syntax = {
  lineComment: "//",
  blockComments: true,
  longQuotes: ["`"],
  quotes: "\"'",
  javaScript: true,
};

/** Reads TypeScript and JavaScript: Express, Fastify, Nest, Hono; fetch, axios and their like. Never throws. */
export function parseTypeScript(file: string, text: string): CodeFile {
  const source = new Source(file, text, syntax);
  const isTest = isTestFile(file);
  const own = isTest ? { routes: [], mounts: [] } : readRoutes(source);
  const nest = isTest ? { routes: [], mounts: [] } : readNestRoutes(source);
  const { tables, bindings } = isTest ? { tables: [], bindings: [] } : readHandlers(source);
  return {
    kind: "code",
    file,
    language: "typescript",
    isTest,
    routes: [...own.routes, ...nest.routes],
    mounts: [...own.mounts, ...nest.mounts],
    handlerTables: tables,
    handlerBindings: bindings,
    calls: isTest ? [] : readCalls(source),
    topics: isTest ? [] : readTopics(source),
    environment: readEnvironment(source),
    exports: readExports(source),
    tests: readTests(source),
  };
}

function readExports(source: Source): NamedPlace[] {
  const declared =
    /^[ \t]*export\s+(?:default\s+)?(?:declare\s+|abstract\s+|async\s+)*(?:function\*?|class|const|let|var|interface|type|enum|namespace)\s+([A-Za-z_$][\w$]*)/gm;
  const listed = /^[ \t]*export\s+(?:type\s+)?\{([^}]*)\}/gm;
  return [
    ...[...source.matches(declared)].map(({ 1: name = "", index }) => ({ name, at: source.at(index) })),
    ...[...source.matches(listed)].flatMap(({ 1: names = "", index }) =>
      names.split(",").flatMap((part) => {
        const name = /([A-Za-z_$][\w$]*)\s*$/.exec(part)?.[1];
        return name === undefined ? [] : [{ name, at: source.at(index) }];
      }),
    ),
  ];
}
