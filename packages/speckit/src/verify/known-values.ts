import type { CallableOperation } from "../model/callable-operation.ts";
import { isJson } from "./allowed-answers.ts";
import { type ContractRequest, type HttpAnswer, isAccepted } from "./exchange.ts";

/**
 * Values that exist in a service, learnt from what it accepted: an order that was placed can be read. The latest counts, so that values that belong
 * together, such as a name and its password, come from one exchange.
 */
export class KnownValues {
  readonly #byName = new Map<string, unknown>();
  /** What is called `id` is an id of what stands below a path: `/api/v1/users`. */
  readonly #byPath = new Map<string, unknown>();

  learn(operation: CallableOperation, request: ContractRequest, answer: HttpAnswer): void {
    if (request.kind === "invalid" || !isAccepted(answer)) return;
    for (const { name, value } of request.carries) this.#byName.set(name, value);
    this.#learnLocation(operation, answer.headers.location);
    if (!isJson(answer.headers["content-type"] ?? "")) return;
    this.#learnBody(operation, parsed(answer.body), 0);
  }

  /** What may be of use for a request to the operation, by the names that it has for things. */
  valuesFor({ path, parameters }: CallableOperation): Record<string, unknown> {
    // What a login calls `accessToken` others ask for as `token`.
    const values: Record<string, unknown> = { token: this.token, ...Object.fromEntries(this.#byName) };
    for (const { name, in: where } of parameters) {
      if (where !== "path") continue;
      const collection = path.slice(0, path.indexOf(`/{${name}}`));
      const own = this.#byPath.get(collection) ?? this.#byName.get(name);
      const known = isId(name)
        ? (own ?? this.#byName.get(fullName(name, collection)))
        : (this.#byName.get(name) ?? own);
      if (known === undefined) delete values[name];
      else values[name] = known;
    }
    return values;
  }

  /** A token that the service itself gave out. */
  get token(): string | undefined {
    for (const name of ["accessToken", "access_token", "idToken", "id_token", "token", "jwt"]) {
      const value = this.#byName.get(name);
      if (typeof value === "string") return value;
    }
    return undefined;
  }

  /** `Location: /api/v1/orders/7` of what was made names it. */
  #learnLocation({ path, method }: CallableOperation, location: string | undefined): void {
    const last = location
      ?.replace(/[?#].*$/, "")
      .split("/")
      .at(-1);
    if (method === "POST" && last !== undefined && last !== "") this.#byPath.set(path, decoded(last));
  }

  #learnBody(operation: CallableOperation, value: unknown, depth: number): void {
    if (typeof value !== "object" || value === null || depth > MOST_DEPTH) return;
    // Of a list the first: what the newest is called differs from service to service.
    const members = Array.isArray(value) ? Object.entries(value.slice(0, 1)) : Object.entries(value);
    for (const [name, member] of members) {
      if (typeof member === "object") this.#learnBody(operation, member, depth + 1);
      else if (isId(name)) this.#byPath.set(operation.path.replace(/\/\{[^{}]*\}$/, ""), member);
      else if (!Array.isArray(value)) this.#byName.set(name, member);
    }
  }
}

const MOST_DEPTH = 5;

function isId(name: string): boolean {
  return /^_?id$/i.test(name);
}

/** What `id` below `/api/v1/users` is called elsewhere: `userId`. */
function fullName(name: string, collection: string): string {
  const word = collection.split("/").at(-1) ?? "";
  const one = word.replace(/ies$/, "y").replace(/s$/, "");
  return `${one}${(name.replace("_", "")[0] ?? "").toUpperCase()}${name.replace("_", "").slice(1)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
