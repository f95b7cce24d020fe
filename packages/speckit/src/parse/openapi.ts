import type { ApiContract, ReadingProblem } from "../model/contract.ts";
import type { Place } from "../model/location.ts";
import { schemaProblems } from "./json-schema.ts";
import { validateOpenApi } from "./official-schema.ts";
import { OperationReader } from "./operation-reader.ts";
import { splitPointer } from "./pointer.ts";
import type { LoadValue } from "./references.ts";
import { basePathsOf } from "./servers.ts";
import { asWritten, isSwagger, originalOf, originOf } from "./swagger.ts";
import type { Tree } from "./tree.ts";
import { list, type Mapping, mapping, text } from "./values.ts";
import { walkReferences } from "./walk-references.ts";

/**
 * Reads an OpenAPI document, 2.0 (Swagger) or 3.x: what it offers, without its schemas. Never throws; what is against the specification stands in
 * `problems`. `load` gives the values of other files that `$ref`s lead to.
 * Source: https://spec.openapis.org/oas/
 */
export function parseOpenApi({ file, value, problems }: Tree, load: LoadValue): ApiContract {
  const root = mapping(value);
  const specification = /^\d+\.\d+/.exec(text(root.openapi) ?? "")?.[0] ?? (isSwagger(root) ? "2.0" : "");
  const { unresolved, references } = walkReferences(file, value, load);
  const reader = new OperationReader(file, root, load);
  const info = mapping(root.info);
  const invalid = validateOpenApi(file, originalOf(value), specification).map(({ at, ...problem }) => ({
    ...problem,
    at: { ...at, pointer: asWritten(value, at.pointer) },
  }));
  return {
    kind: "openapi",
    file,
    specification,
    title: text(info.title),
    version: text(info.version),
    operations: [
      ...reader.paths(root.paths, "/paths", false),
      ...reader.paths(root.webhooks, "/webhooks", true),
    ],
    basePaths: basePathsOf(root.servers),
    securitySchemes: Object.entries(mapping(mapping(root.components).securitySchemes)).map(
      ([name, scheme]) => ({
        name,
        description: describeScheme(mapping(scheme)),
      }),
    ),
    undocumented: undocumented(file, root),
    problems: [
      ...problems,
      ...knownVersion(file, root),
      ...invalid,
      ...notYetSaid(value, schemaProblems(file, value, "openapi", load), invalid),
      ...unresolved,
    ],
    references,
  };
}

/** The specification's own schema sees some broken schemas too: what stands at the same place, inside it or right around it is the same mistake. */
function notYetSaid(
  document: unknown,
  problems: readonly ReadingProblem[],
  said: readonly ReadingProblem[],
): ReadingProblem[] {
  const pointerOf = (at: Place) => ("pointer" in at ? originOf(document, at.pointer) : "");
  const pointers = said.map(({ at }) => pointerOf(at));
  return problems.filter(({ at }) => {
    const pointer = pointerOf(at);
    return !pointers.some(
      (other) =>
        `${other}/`.startsWith(`${pointer}/`) ||
        (pointer.startsWith(`${other}/`) && splitPointer(pointer.slice(other.length)).length <= 2),
    );
  });
}

function knownVersion(file: string, root: Mapping): ReadingProblem[] {
  const version = text(root.openapi) ?? text(root.swagger) ?? "";
  // Without a version nothing was read, and why is said already.
  if (version === "" || isSwagger(root) || /^3\.[012]\./.test(version)) return [];
  const message = `OpenAPI '${version}' is not checked against its specification; 2.0 and 3.0.x to 3.2.x are.`;
  return [{ rule: "contract-invalid", severity: "info", message, at: { file, pointer: "/openapi" } }];
}

function describeScheme(scheme: Mapping): string {
  return [scheme.type, scheme.scheme, scheme.bearerFormat, scheme.in, scheme.name]
    .map(text)
    .filter(Boolean)
    .join(" ");
}

function undocumented(
  file: string,
  root: Mapping,
): { what: string; at: { file: string; pointer: string } }[] {
  const info = mapping(root.info);
  return [
    ...(info.description === undefined && info.summary === undefined
      ? [{ what: "a description", at: { file, pointer: "/info" } }]
      : []),
    ...(info.license === undefined ? [{ what: "a licence", at: { file, pointer: "/info" } }] : []),
    ...(list(root.servers).length === 0 ? [{ what: "servers", at: { file, pointer: "" } }] : []),
  ];
}
