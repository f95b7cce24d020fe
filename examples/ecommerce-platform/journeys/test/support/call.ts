import { expect } from "vitest";

/** What JSON gives. */
export type Json = string | number | boolean | null | readonly Json[] | Fields;
export interface Fields {
  readonly [name: string]: Json;
}

export interface Answer<Data = Fields> {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  /** The whole body; `{}` when it is no JSON. */
  readonly body: Fields;
  /** What stands in `data`. */
  readonly data: Data;
}

export interface Request {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it stands when it is text, bytes or a form. */
  readonly body?: object | string | Uint8Array | FormData;
}

/**
 * Calls an operation and holds its answer against what every answer of the platform keeps to: `data` and `meta.requestId`, or a problem with
 * all members of RFC 7807.
 */
export async function call<Data = Fields>(
  url: string,
  { method = "GET", headers = {}, body }: Request = {},
): Promise<Answer<Data>> {
  const isForm = body instanceof FormData;
  const asItStands = isForm || typeof body === "string" || body instanceof Uint8Array;
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && !isForm && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: asItStands ? (body as string) : JSON.stringify(body) }),
    redirect: "manual",
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const type = response.headers.get("content-type") ?? "";
  const json = /^application\/(?:problem\+)?json\b/.test(type) ? JSON.parse(bytes.toString()) : {};
  const answer = { status: response.status, headers: response.headers, bytes, body: json, data: json.data };
  holdToForm(answer, type, new URL(url).pathname);
  return answer;
}

function holdToForm({ status, headers, body, bytes }: Answer<unknown>, type: string, path: string): void {
  const requestId = headers.get("x-request-id");
  if (status >= 400) {
    expect(type, `${path} answers ${status}`).toMatch(/^application\/problem\+json\b/);
    const text = expect.stringMatching(/./);
    expect(body).toMatchObject({ type: text, title: text, status, detail: text, instance: path });
  } else if (status === 204) {
    expect(bytes).toHaveLength(0);
  } else if (type.startsWith("application/json") && !path.endsWith("/jwks")) {
    expect(body).toMatchObject({ data: expect.anything(), meta: { requestId } });
    expect(requestId).toMatch(/./);
  }
}
