import type { CodeFile, HandlerTable } from "../model/code.ts";
import { compareText } from "../model/location.ts";
import type { ServiceCode } from "../model/service-code.ts";
import { routePath } from "../parse/code/written-text.ts";
import { RouterGraph } from "./code/router-graph.ts";

/** Puts together what the files of one service show; paths of routes become whole. */
export function linkCode(files: readonly CodeFile[]): ServiceCode {
  const graph = new RouterGraph(files);
  const routes = files.flatMap((file) =>
    file.routes.flatMap(({ method, path, router, at }) =>
      graph.prefixesOf(file, router).map((prefix) => ({ method, path: routePath(prefix, path), at })),
    ),
  );
  return {
    routes: routes.sort(
      (a, b) =>
        compareText(a.path, b.path) ||
        compareText(a.method, b.method) ||
        compareText(a.at.file, b.at.file) ||
        a.at.line - b.at.line,
    ),
    handlerTables: handlerTables(files),
    calls: files.flatMap(({ calls }) => calls),
    topics: files.flatMap(({ topics }) => topics),
    environment: files.flatMap(({ environment }) => environment),
    exports: files.flatMap((file) => (file.isTest ? [] : file.exports)),
    tests: files.flatMap(({ tests }) => tests),
  };
}

/** Objects and classes that are given as handlers; each exported function alone, where these are looked up. */
function handlerTables(files: readonly CodeFile[]): HandlerTable[] {
  const bound = new Set(files.flatMap(({ handlerBindings }) => handlerBindings));
  return files.flatMap((file) => [
    ...file.handlerTables.filter(({ owner }) => owner === undefined || bound.has(owner)),
    ...(bound.has("*") && !file.isTest
      ? file.exports.map((one) => ({ owner: undefined, handlers: [one] }))
      : []),
  ]);
}
