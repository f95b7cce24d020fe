import type { CallableOperation, CredentialPlace } from "../../model/callable-operation.ts";
import type { ContractRequest, HttpRequest } from "../exchange.ts";

/** Puts credentials into a request where the contract wants them. `token` is a token, a key, or `name:password`; undefined when there is none. */
export function withCredentials(
  request: ContractRequest,
  { security }: CallableOperation,
  token: string | undefined,
): HttpRequest {
  const { method, path, headers, body } = request;
  const plain = { method, path, headers, body };
  const [first = []] = security;
  const secret = request.credentials === "broken" ? "credentials-that-nobody-gave-out" : token;
  if (request.credentials === "left-out" || secret === undefined) return plain;
  return first.reduce((sent, place) => credentialAt(sent, place, secret), plain);
}

function credentialAt(request: HttpRequest, { kind, name }: CredentialPlace, secret: string): HttpRequest {
  const withHeader = (header: string, value: string) => ({
    ...request,
    headers: { ...request.headers, [header]: value },
  });
  switch (kind) {
    case "bearer":
      return withHeader("authorization", `Bearer ${secret}`);
    case "basic":
      return withHeader("authorization", `Basic ${secret.includes(":") ? btoa(secret) : secret}`);
    case "header":
      return withHeader(name.toLowerCase(), secret);
    case "cookie":
      return withHeader("cookie", [request.headers.cookie, `${name}=${secret}`].filter(Boolean).join("; "));
    case "query": {
      const mark = request.path.includes("?") ? "&" : "?";
      return {
        ...request,
        path: `${request.path}${mark}${encodeURIComponent(name)}=${encodeURIComponent(secret)}`,
      };
    }
    case "other":
      return request;
  }
}
