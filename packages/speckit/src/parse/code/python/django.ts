import type { Mount, Route } from "../../../model/code.ts";
import type { Source, Span } from "../source.ts";
import { routePath, writtenText } from "../written-text.ts";

/** What the routers of Django's REST framework offer for a view set. */
const viewSetRoutes = [
  ["GET", ""],
  ["POST", ""],
  ["GET", "{id}"],
  ["PUT", "{id}"],
  ["PATCH", "{id}"],
  ["DELETE", "{id}"],
] as const;

/** `urlpatterns` of Django, and view sets registered with a router. Which methods a view takes stands elsewhere. */
export function readDjango(source: Source): { routes: Route[]; mounts: Mount[] } {
  if (!/\burlpatterns\b|Router\s*\(/.test(source.code)) return { routes: [], mounts: [] };
  const routes: Route[] = [];
  const mounts: Mount[] = [];
  for (const { index, end } of source.matches(/(?<![\w.])(?:path|re_path|url)\s*\(/g)) {
    const [first, view] = source.parts(end - 1);
    const written = first && writtenText(source, first)?.text;
    if (written === undefined || !view) continue;
    const included = includedIn(source, view);
    if (included) mounts.push({ prefix: routePath(written), parent: "urlpatterns", ...included });
    else {
      const methods = methodsOf(source, view);
      const path = routePath(written);
      for (const method of methods)
        routes.push({ method, path, router: "urlpatterns", at: source.at(index) });
    }
  }
  for (const { 1: router = "", index, end } of source.matches(/(?<![\w.])(\w+)\.register\s*\(/g)) {
    const [first, second] = source.parts(end - 1);
    const prefix = first && second && writtenText(source, first)?.text;
    if (prefix === undefined) continue;
    for (const [method, rest] of viewSetRoutes)
      routes.push({ method, path: routePath(prefix, rest), router, at: source.at(index) });
  }
  return { routes, mounts };
}

/** `include("orders.urls")`, `include(router.urls)`. */
function includedIn(source: Source, view: Span): Pick<Mount, "child" | "from"> | undefined {
  const start = source.skipBlanks(view.start);
  if (!/^include\s*\(/.test(source.code.slice(start, view.end))) return undefined;
  const [first] = source.parts(source.code.indexOf("(", start));
  if (!first) return undefined;
  const open = source.skipBlanks(first.start);
  const inner = source.code[open] === "(" ? (source.parts(open)[0] ?? first) : first;
  const module = writtenText(source, inner)?.text;
  if (module !== undefined) return { child: "urlpatterns", from: module };
  return { child: source.codeOf(inner).replace(/\.urls$/, ""), from: undefined };
}

/** `OrderView.as_view({"get": "list"})` names methods; a class of generic views tells by its name. */
function methodsOf(source: Source, view: Span): string[] {
  const code = source.text.slice(view.start, view.end);
  const named = [...code.matchAll(/["'](get|post|put|patch|delete)["']\s*:/g)].map(([, name = ""]) =>
    name.toUpperCase(),
  );
  return named.length > 0 ? named : ["ANY"];
}
