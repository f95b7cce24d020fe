import { joinPointer, splitPointer } from "./pointer.ts";
import { Origins } from "./swagger/origins.ts";
import { upgradeOperation } from "./swagger/upgrade-operation.ts";
import { upgradeParameter } from "./swagger/upgrade-parameters.ts";
import { upgradeResponse } from "./swagger/upgrade-responses.ts";
import { isMapping, list, type Mapping, mapping, strings, text } from "./values.ts";

/** What a Swagger 2.0 document was written like, and where each part of the upgraded one stands in it. */
interface Upgraded {
  readonly original: Mapping;
  readonly origins: Origins;
}

const upgrades = new WeakMap<object, Upgraded>();

export function isSwagger(value: unknown): boolean {
  return isMapping(value) && /^2(?:\.0)?$/.test(text(value.swagger) ?? "");
}

/**
 * A Swagger 2.0 document in the shape of OpenAPI 3, so that everything else knows one shape only. `definitions` stay where they are, and with them
 * every `$ref` to a schema. Values that are no Swagger document come back as they are.
 * Source: https://swagger.io/specification/v2/
 */
export function upgradeSwagger(value: unknown): unknown {
  if (!isMapping(value) || !isSwagger(value)) return value;
  const origins = new Origins();
  const consumes = strings(value.consumes);
  const produces = strings(value.produces);
  const { consumes: _, produces: __, host, basePath, schemes, securityDefinitions, ...rest } = value;
  const upgraded = {
    ...rest,
    ...(host === undefined && basePath === undefined ? {} : { servers: serversOf(value) }),
    paths: mapValues(value.paths, "/paths", (item, at) => upgradePathItem(item, at, value, origins)),
    parameters: mapValues(value.parameters, "/parameters", (parameter, at) =>
      upgradeParameter(parameter, at, at, origins),
    ),
    responses: mapValues(value.responses, "/responses", (response, at) =>
      upgradeResponse(response, at, produces, origins),
    ),
    components: { securitySchemes: upgradeSchemes(securityDefinitions, origins) },
  };
  upgrades.set(upgraded, { original: value, origins });
  return upgraded;

  function upgradePathItem(item: unknown, at: string, root: Mapping, into: Origins): unknown {
    const shared = list(mapping(item).parameters);
    const members = mapValues(item, at, (member, place) =>
      isMapping(member) && !place.endsWith("/parameters")
        ? upgradeOperation(
            member,
            { at: place, shared, sharedAt: `${at}/parameters`, root, consumes, produces },
            into,
          )
        : member,
    );
    if (!isMapping(members)) return members;
    // Each operation has taken over what the path says of parameters, since bodies are among them.
    const { parameters: _parameters, ...operations } = members;
    return operations;
  }
}

/** The document as it was written, when `value` is an upgraded one. */
export function originalOf(value: unknown): unknown {
  return (typeof value === "object" && value !== null ? upgrades.get(value)?.original : undefined) ?? value;
}

/** Marks a pointer that is meant for the document as it was written. No other pointer begins with it. */
const WRITTEN = "!";

/** A pointer into the document as it was written, told apart from those into the upgraded one. */
export function asWritten(value: unknown, pointer: string): string {
  return originalOf(value) === value ? pointer : WRITTEN + pointer;
}

/** Where in the document as it was written the node stands that `pointer` names in the upgraded one. */
export function originOf(upgraded: unknown, pointer: string): string {
  if (pointer.startsWith(WRITTEN)) return pointer.slice(WRITTEN.length);
  const known = typeof upgraded === "object" && upgraded !== null ? upgrades.get(upgraded) : undefined;
  return known ? known.origins.find(pointer) : pointer;
}

function mapValues(value: unknown, at: string, change: (member: unknown, at: string) => unknown): unknown {
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key.startsWith("x-") ? member : change(member, joinPointer(at, key)),
    ]),
  );
}

function serversOf({ host, basePath, schemes }: Mapping): { url: string }[] {
  const path = text(basePath) ?? "";
  const address = text(host);
  if (address === undefined) return [{ url: path }];
  const all = strings(schemes);
  return (all.length > 0 ? all : ["https"]).map((scheme) => ({ url: `${scheme}://${address}${path}` }));
}

function upgradeSchemes(definitions: unknown, origins: Origins): unknown {
  return mapValues(definitions, "/components/securitySchemes", (scheme, at) => {
    origins.add(at, joinPointer("/securityDefinitions", ...splitPointer(at).slice(-1)));
    if (!isMapping(scheme)) return scheme;
    if (scheme.type === "basic") return { ...scheme, type: "http", scheme: "basic" };
    if (scheme.type !== "oauth2") return scheme;
    const { flow, authorizationUrl, tokenUrl, scopes, ...rest } = scheme;
    const name =
      { accessCode: "authorizationCode", application: "clientCredentials" }[String(flow)] ?? String(flow);
    return { ...rest, flows: { [name]: { authorizationUrl, tokenUrl, scopes: mapping(scopes) } } };
  });
}
