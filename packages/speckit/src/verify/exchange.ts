import type { CallableOperation } from "../model/callable-operation.ts";

/** A request as it goes over the wire, the address of the service left out. */
export interface HttpRequest {
  readonly method: string;
  /** With the query: `/api/v1/orders?limit=2`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
}

/** An answer as it came. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As text; what is no text is not looked at. */
  readonly body: string;
}

/** An answer as servers and test tools give it. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  readonly body: string;
}

/** Names of headers in lower case, one text each. */
export function plainAnswer({ status, headers, body }: RawAnswer): HttpAnswer {
  const texts = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), [value].flat().join(", ")] as const],
  );
  return { status, headers: Object.fromEntries(texts), body };
}

/** What becomes of the credentials that the operation asks for. */
export type Credentials = "sent" | "left-out" | "broken";

/** A request made from a contract, and what the contract allows as its answer. */
export interface ContractRequest extends HttpRequest {
  /** `boundary` is valid too, and at an edge of what is. */
  readonly kind: "valid" | "boundary" | "invalid";
  /** What is special about it: `example of the contract`, `items[0].quantity is below 1`. */
  readonly title: string;
  readonly credentials: Credentials;
  /** It is an example that the contract itself gives. */
  readonly isExample: boolean;
  /** Only a `format` forbids it. */
  readonly isFormat: boolean;
  /** Of an invalid request: the declared statuses that say why it is refused; empty when none does. */
  readonly refusals: readonly string[];
  /** Values that the request carries, by the names of its parameters and of the properties in its body. */
  readonly carries: readonly Carried[];
}

export interface Carried {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie" | "body";
  readonly value: unknown;
}

/** One request and what came of it. */
export interface Exchange {
  readonly operation: CallableOperation;
  /** Undefined where an answer is judged alone. */
  readonly request: ContractRequest | undefined;
  readonly answer: HttpAnswer | { readonly none: string };
}

export function wasAnswered(answer: Exchange["answer"]): answer is HttpAnswer {
  return "status" in answer;
}

export function isAccepted(answer: Exchange["answer"]): boolean {
  return wasAnswered(answer) && answer.status >= 200 && answer.status < 300;
}
