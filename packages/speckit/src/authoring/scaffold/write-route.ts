import type { CallableOperation, CallableParameter } from "../../model/callable-operation.ts";
import { isJson } from "../../verify/allowed-answers.ts";
import { unwritten } from "./pointer.ts";
import { typeOfSchema } from "./schema-type.ts";
import type { PlannedOperation } from "./service-plan.ts";
import { imported, lines, property, quoted, remark } from "./write-code.ts";

/** A handler that knows what it is given, and answers 501 with the place where a reader finds what it is to do. */
export function writeRoute({
  label,
  summary,
  handler,
  callable,
  scenario,
  contract,
}: PlannedOperation): string {
  const route = callable ? routeTypes(callable) : [];
  const does = summary ? `: ${remark(summary)}` : "";
  return lines(
    imported(["type Handler", "problems"], "@speckit/service-kit"),
    imported(["type Dependencies"], "../app.ts"),
    "",
    route.length > 0 && ["interface Route {", ...route, "}", ""],
    `/** \`${remark(label)}\`${does} */`,
    `export function ${handler}(_dependencies: Dependencies): Handler${route.length > 0 ? "<Route>" : ""} {`,
    "  return async () => {",
    "    throw problems.notImplemented(",
    `      ${quoted(unwritten(scenario, label, contract))},`,
    "    );",
    "  };",
    "}",
  );
}

/** The parts of a request, which have been held against the contract before the handler is called. */
function routeTypes({ parameters, body }: CallableOperation): string[] {
  const json = body?.contents.find(({ mediaType }) => isJson(mediaType));
  const of = (place: CallableParameter["in"]) => parameters.filter((parameter) => parameter.in === place);
  // The names under which service-kit gives them: a route has only words, and headers are in small letters.
  const inRoute = (name: string) => name.replace(/\W/g, "_");
  return [
    ...part("Params", of("path"), inRoute),
    ...part("Querystring", of("query"), (name) => name),
    ...part("Headers", of("header"), (name) => name.toLowerCase()),
    ...(json
      ? [`  Body: ${typeOfSchema(json.schema ?? true, "  ")}${body?.required ? "" : " | undefined"};`]
      : []),
  ];
}

function part(
  name: string,
  parameters: readonly CallableParameter[],
  named: (name: string) => string,
): string[] {
  if (parameters.length === 0) return [];
  const members = parameters.map(({ name: own, required, schema }) => {
    const isThere = required || hasDefault(schema);
    return `    readonly ${property(named(own))}${isThere ? "" : "?"}: ${typeOfSchema(schema, "    ")};`;
  });
  return [`  ${name}: {`, ...members, "  };"];
}

function hasDefault(schema: CallableParameter["schema"]): boolean {
  return typeof schema === "object" && schema.default !== undefined;
}
