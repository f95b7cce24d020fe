import type { Mount, Route } from "../../../model/code.ts";
import type { Source } from "../source.ts";
import { routePath } from "../written-text.ts";
import type { JavaClass } from "./classes.ts";
import { has, methodsIn, operationsOf, textsOf } from "./mappings.ts";

/** What a controller of Spring, or a resource of JAX-RS, answers. */
export function routesOf(source: Source, { annotations, body, name }: JavaClass): Route[] {
  if (has(annotations, "FeignClient", "RegisterRestClient", "HttpExchange")) return [];
  const spring = has(annotations, "RestController", "Controller", "RequestMapping");
  const path = has(annotations, "Path");
  if (!spring && !path) return [];
  const prefixes = spring
    ? textsOf(source, has(annotations, "RequestMapping"), "value", "path")
    : textsOf(source, path, "value");
  const router = path ? "@Path" : name;
  return methodsIn(source, body).flatMap(({ annotations: own, offset }) =>
    operationsOf(source, own, spring !== undefined).flatMap(({ method, path: rest }) =>
      (prefixes.length > 0 ? prefixes : [""]).map((prefix) => ({
        method,
        path: routePath(prefix, rest),
        router,
        at: source.at(offset),
      })),
    ),
  );
}

/** JAX-RS: `@ApplicationPath("/api")` goes before all of the service. */
export function applicationPath(source: Source, { annotations }: JavaClass): Mount[] {
  return textsOf(source, has(annotations, "ApplicationPath"), "value").map((prefix) => ({
    prefix: routePath(prefix),
    parent: undefined,
    child: "@Path",
    from: undefined,
  }));
}
