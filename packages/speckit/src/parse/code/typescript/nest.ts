import type { Mount, Route } from "../../../model/code.ts";
import type { Source, Span } from "../source.ts";
import { routePath, writtenText } from "../written-text.ts";
import type { Routing } from "./routes.ts";

/** Controllers of Nest: paths of the class and of its methods. A global prefix goes before all of the service. */
export function readNestRoutes(source: Source): Routing {
  const verbs = [...source.matches(/@(Get|Post|Put|Patch|Delete|Options|Head|All|Sse)\s*\(/g)];
  const routes = [...source.matches(/@Controller\s*\(/g)].flatMap(({ end }) =>
    readController(source, end - 1, verbs),
  );
  const mounts = [...source.matches(/\.setGlobalPrefix\s*\(/g)].flatMap(({ end }): Mount[] => {
    const [first] = source.parts(end - 1);
    const prefix = first && writtenText(source, first)?.text;
    return prefix === undefined
      ? []
      : [{ prefix: routePath(prefix), parent: undefined, child: "@Controller", from: undefined }];
  });
  return { routes, mounts };
}

type Match = ReturnType<Source["matches"]> extends Generator<infer M> ? M : never;

function readController(source: Source, open: number, verbs: readonly Match[]): Route[] {
  const close = source.closing(open);
  const declared = /\bclass\s+([\w$]+)/g;
  declared.lastIndex = close;
  const match = declared.exec(source.code);
  if (!match) return [];
  const bodyStart = source.code.indexOf("{", match.index);
  const body = { start: bodyStart, end: source.closing(bodyStart) };
  const [argument] = source.parts(open);
  const prefixes = prefixesOf(source, argument);
  return verbs
    .filter(({ index }) => index > body.start && index < body.end)
    .flatMap(({ 1: verb = "", index, end }) => {
      const paths = textsOf(source, source.parts(end - 1)[0]);
      const method = verb === "All" ? "ANY" : verb === "Sse" ? "GET" : verb.toUpperCase();
      return prefixes.flatMap((prefix) =>
        paths.map((path) => ({
          method,
          path: routePath(prefix, path),
          router: "@Controller",
          at: source.at(index),
        })),
      );
    });
}

function prefixesOf(source: Source, argument: Span | undefined): string[] {
  if (!argument || source.code[source.skipBlanks(argument.start)] !== "{") return textsOf(source, argument);
  const version = source.member(argument, "version");
  const number = version && writtenText(source, version)?.text;
  const versioned = number === undefined ? "" : `/v${number}`;
  return textsOf(source, source.member(argument, "path")).map((path) => `${versioned}/${path}`);
}

/** A text, or a list of texts; an empty path when there is none. */
function textsOf(source: Source, span: Span | undefined): string[] {
  if (!span) return [""];
  const start = source.skipBlanks(span.start);
  const spans = source.code[start] === "[" ? source.parts(start) : [span];
  return spans.map((one) => writtenText(source, one)?.text ?? "");
}
