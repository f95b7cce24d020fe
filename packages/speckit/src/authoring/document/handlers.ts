import type { NamedPlace } from "../../model/code.ts";
import type { Location } from "../../model/location.ts";
import { linesOf, type Reference, referenceTo, type Subject } from "./subject.ts";

/**
 * Where an operation is handled: the exported function that is named after it, else the function that the route hands requests to, else the
 * route itself.
 */
export function handlerOf(subject: Subject, operationId: string | undefined, route: Location): Reference {
  const id = operationId?.split(".").at(-1);
  const own = id === undefined ? undefined : namedAfter(subject.service.code.exports, id, route);
  if (own) return { file: own.at.file, line: own.at.line, name: own.name };
  const { name, line } = namedAt(linesOf(subject, route.file), route.line);
  if (name !== undefined && line === route.line) {
    const places = subject.service.code.exports.filter((one) => one.name === name);
    const [place] = places;
    if (place && places.length === 1) return { file: place.at.file, line: place.at.line, name };
  }
  return name === undefined ? referenceTo(subject, route, id ?? "") : { file: route.file, line, name };
}

/** `placeOrderHandler`, `handlePlaceOrder` or `placeOrder`; of the last kind only one that a folder of routes holds, since domains have such names too. */
function namedAfter(exports: readonly NamedPlace[], id: string, route: Location): NamedPlace | undefined {
  const lower = id.toLowerCase();
  const telling = exports.find(({ name }) =>
    [`${lower}handler`, `handle${lower}`].includes(name.toLowerCase()),
  );
  return (
    telling ??
    exports.find(
      ({ name, at }) =>
        name === id &&
        at.file !== route.file &&
        /(?:^|\/)(?:routes?|handlers?|controllers?|api)\//.test(at.file),
    )
  );
}

/** So many lines an annotation may have before the function that it belongs to. */
const ANNOTATION = 15;

const declared = /^\s*(?:export\s+)?(?:async\s+)?(?:def|func|fun|function)\s+(?:\([^)]*\)\s*)?(\w+)/;
const method =
  /^\s*(?:(?:public|private|protected|static|final|async|override|suspend|open)\s+)*(?:[\w<>[\],.?]+\s+)?(\w+)\s*\(/;

/** The function that stands at a line, or below the decorators there, or is handed over on it. */
export function namedAt(lines: readonly string[], line: number): { name: string | undefined; line: number } {
  const own = lines[line - 1] ?? "";
  if (!/^\s*@/.test(own)) {
    const name =
      declared.exec(own)?.[1] ??
      /[,(]\s*(?:[\w$]+\.)*([A-Za-z_$][\w$]*)\s*\)\s*\)?\s*[;,]?\s*$/.exec(own)?.[1];
    return {
      name: name === undefined || /^(?:true|false|null|nil|None)$/.test(name) ? undefined : name,
      line,
    };
  }
  let depth = 0;
  for (let at = line; at < Math.min(lines.length + 1, line + ANNOTATION); at++) {
    const text = lines[at - 1] ?? "";
    const isAnnotation = depth > 0 || /^\s*@/.test(text);
    depth += (text.match(/\(/g)?.length ?? 0) - (text.match(/\)/g)?.length ?? 0);
    if (isAnnotation) continue;
    const name = declared.exec(text)?.[1] ?? method.exec(text)?.[1];
    if (name !== undefined) return { name, line: at };
    depth = 0;
  }
  return { name: undefined, line };
}
