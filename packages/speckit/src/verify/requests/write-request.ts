import type { CallableOperation } from "../../model/callable-operation.ts";
import type { HttpRequest } from "../exchange.ts";
import type { BodyDraft } from "./body-drafts.ts";
import type { ChosenParameters } from "./parameter-drafts.ts";
import { writeBody } from "./written-bodies.ts";
import { writeParameter } from "./written-parameters.ts";

/** Puts a request together, without credentials. */
export function writeRequest(
  operation: CallableOperation,
  parameters: ChosenParameters,
  body: BodyDraft | undefined,
): HttpRequest {
  const written = [...parameters].map(([parameter, value]) => ({
    where: parameter.in,
    pairs: writeParameter(parameter, value),
  }));
  const at = (where: string) => written.filter((one) => one.where === where).flatMap(({ pairs }) => pairs);
  const path = at("path").reduce(
    (template, [name, value]) => template.replaceAll(`{${name}}`, encodeURIComponent(value)),
    operation.basePath + operation.path,
  );
  const query = at("query").map((pair) => pair.map((text) => encodeURIComponent(text)).join("="));
  const cookies = at("cookie").map(([name, value]) => `${name}=${value}`);
  const content =
    body &&
    ("text" in body
      ? { contentType: body.contentType, body: body.text }
      : writeBody(body.content, body.value, body.boundary));
  return {
    method: operation.method,
    path: query.length > 0 ? `${path}?${query.join("&")}` : path,
    headers: {
      accept: acceptedBy(operation),
      ...Object.fromEntries(at("header").map(([name, value]) => [name.toLowerCase(), value])),
      ...(cookies.length > 0 ? { cookie: cookies.join("; ") } : {}),
      ...(content ? { "content-type": content.contentType } : {}),
    },
    body: content?.body,
  };
}

/** Every media type that the contract describes in an answer, then anything else. */
function acceptedBy({ answers }: CallableOperation): string {
  const described = answers.flatMap(({ contents }) => contents.map(({ mediaType }) => mediaType));
  return [...new Set(described), "*/*;q=0.1"].join(", ");
}
