import type { ClientCall } from "../../../model/code.ts";
import { clientCall } from "../calls.ts";
import type { Source } from "../source.ts";
import { routePath } from "../written-text.ts";
import type { JavaClass } from "./classes.ts";
import { has, methodsIn, operationsOf, textsOf } from "./mappings.ts";

/** Calls through RestTemplate, WebClient, RestClient and java.net.http. */
export function calls(source: Source): ClientCall[] {
  const verbs: Readonly<Record<string, string | undefined>> = {
    getForObject: "GET",
    getForEntity: "GET",
    postForObject: "POST",
    postForEntity: "POST",
    postForLocation: "POST",
    put: "PUT",
    delete: "DELETE",
    patchForObject: "PATCH",
    exchange: undefined,
  };
  const template = [
    ...source.matches(
      /(?<![\w.])\w*(?:restTemplate|RestTemplate|restOperations)\s*\.\s*(\w+)\s*(?:<[^()]*>)?\s*\(/g,
    ),
  ].flatMap(({ 1: verb = "", index, end }) => {
    if (!(verb in verbs)) return [];
    const [first, second] = source.parts(end - 1);
    const method = verbs[verb] ?? /HttpMethod\.(\w+)/.exec(second ? source.codeOf(second) : "")?.[1];
    return clientCall(source, index, method, first) ?? [];
  });
  const fluent = [...source.matches(/\.\s*(get|post|put|patch|delete)\s*\(\s*\)\s*\.\s*uri\s*\(/g)].flatMap(
    ({ 1: verb = "", index, end }) => {
      const [first] = source.parts(end - 1);
      const receiver = /([A-Za-z_]\w*)\s*$/.exec(source.code.slice(Math.max(0, index - 60), index))?.[1];
      const base = receiver === undefined ? undefined : { text: "{}", holes: [receiver] };
      return clientCall(source, index, verb.toUpperCase(), first, base) ?? [];
    },
  );
  const plain = [...source.matches(/\bHttpRequest\s*\.\s*newBuilder\s*\(/g)].flatMap(({ index, end }) => {
    const close = source.closing(end - 1);
    const rest = source.code.slice(close, close + 600);
    const [own] = source.parts(end - 1);
    const uri = /\.\s*uri\s*\(/.exec(rest);
    const span = own ?? (uri ? source.parts(close + uri.index + uri[0].length - 1)[0] : undefined);
    const method =
      /\.\s*(GET|POST|PUT|DELETE)\s*\(/.exec(rest.slice(0, rest.indexOf(";") + 1 || undefined))?.[1] ?? "GET";
    return clientCall(source, index, method, span) ?? [];
  });
  return [...template, ...fluent, ...plain];
}

/** Interfaces that stand for another service: Feign's, and MicroProfile's rest clients. */
export function feignCalls(source: Source, { annotations, body, name }: JavaClass): ClientCall[] {
  const client = has(annotations, "FeignClient", "RegisterRestClient", "HttpExchange");
  if (!client) return [];
  const targets = [
    ...textsOf(source, client, "name", "value", "configKey"),
    ...textsOf(source, client, "url", "baseUri").map((url) =>
      url.replace(/^https?:\/\//, "").replace(/[:/].*$/, ""),
    ),
    name.replace(/(?:Rest)?Client$/, ""),
  ];
  const path = has(annotations, "Path", "RequestMapping");
  const prefix = textsOf(source, path, "value", "path")[0] ?? textsOf(source, client, "path")[0] ?? "";
  const isSpring = client.name === "FeignClient";
  return methodsIn(source, body).flatMap(({ annotations: own, offset }) =>
    operationsOf(source, own, isSpring).map(({ method, path: rest }) => ({
      method: method === "ANY" ? undefined : method,
      path: routePath(prefix, rest).replace(/\{\w+\}/g, "{}"),
      targets,
      at: source.at(offset),
    })),
  );
}
