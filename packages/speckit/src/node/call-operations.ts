import type { CallableOperation } from "../model/callable-operation.ts";
import {
  type ContractRequest,
  type Exchange,
  type HttpRequest,
  isAccepted,
  plainAnswer,
  wasAnswered,
} from "../verify/exchange.ts";
import { KnownValues } from "../verify/known-values.ts";
import { orderOperations } from "../verify/order-operations.ts";
import { withCredentials } from "../verify/requests/credentials.ts";
import { requestsFor } from "../verify/requests/requests-for.ts";
import { type Send, ServerUnreachable } from "./send.ts";
import { isRead } from "./writes-allowed.ts";

/** How a service is called. */
export interface Calling {
  readonly send: Send;
  /** A token, a key, or `name:password`, wherever the contract wants one. */
  readonly token: string | undefined;
  /** Headers of the caller's own; they take the place of others. */
  readonly headersFor: ((operation: CallableOperation) => Readonly<Record<string, string>>) | undefined;
  /** Values that exist there, by the names of parameters and properties. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly seed: string | number;
  /** Invalid requests that are under way at the same time; valid ones follow each other. */
  readonly concurrency: number;
  /** Send requests that change something too. */
  readonly writes: boolean;
}

/** What came of calling one operation. */
export interface CalledOperation {
  readonly operation: CallableOperation;
  readonly exchanges: readonly Exchange[];
  /** Why not all requests were sent; undefined when all were. */
  readonly withheld: Withheld | undefined;
}

export type Withheld = "writes" | "credentials" | "no-request" | "method" | "rate" | "gone";

/**
 * Calls operations, what makes things first; ids and tokens in answers feed the requests that follow.
 * @throws ServerUnreachable when not even the first request finds anybody
 */
export async function callOperations(
  operations: readonly CallableOperation[],
  calling: Calling,
): Promise<CalledOperation[]> {
  const known = new KnownValues();
  const called: CalledOperation[] = [];
  let isGone = false;
  for (const operation of orderOperations(operations)) {
    const next: CalledOperation = isGone
      ? { operation, exchanges: [], withheld: "gone" }
      : await new OperationCaller(operation, calling, known).call(
          called.some(({ exchanges }) => exchanges.length > 0),
        );
    isGone ||= next.withheld === "gone";
    called.push(next);
  }
  return called;
}

/** After so many answers in a row that say "too many", no more is asked. */
const MOST_LIMITED = 3;
/** Longer pauses that a service asks for are not waited for. */
const LONGEST_PAUSE_SECONDS = 2;

class OperationCaller {
  readonly #operation: CallableOperation;
  readonly #calling: Calling;
  readonly #known: KnownValues;
  readonly #exchanges: Exchange[] = [];
  #limited = 0;
  #isGone = false;

  constructor(operation: CallableOperation, calling: Calling, known: KnownValues) {
    this.#operation = operation;
    this.#calling = calling;
    this.#known = known;
  }

  /** `wasThere`: somebody has answered before, so that nobody being there now is a finding. */
  async call(wasThere: boolean): Promise<CalledOperation> {
    const { method } = this.#operation;
    const nothing = (withheld: Withheld) => ({ operation: this.#operation, exchanges: [], withheld });
    if (!sendable.has(method)) return nothing("method");
    if (!isRead(method) && !this.#calling.writes) return nothing("writes");
    const { seed, values } = this.#calling;
    const requests = requestsFor(this.#operation, {
      seed,
      values,
      learnt: this.#known.valuesFor(this.#operation),
    });
    if (requests.length === 0) return nothing("no-request");
    const isKnown = this.#hasCredentials();
    const wanted = isKnown ? requests : requests.filter(({ credentials }) => credentials !== "sent");
    const valid = wanted.filter(({ kind }) => kind !== "invalid");
    for (const request of valid) await this.#exchange(request, wasThere || this.#exchanges.length > 0);
    await this.#atOnce(
      wanted.filter(({ kind }) => kind === "invalid"),
      wasThere || valid.length > 0,
    );
    const withheld = this.#isGone
      ? "gone"
      : this.#limited >= MOST_LIMITED
        ? "rate"
        : isKnown
          ? undefined
          : "credentials";
    // As they were made, not as they were answered: the same run says the same.
    const exchanges = requests.flatMap((request) => this.#exchanges.filter((one) => one.request === request));
    return { operation: this.#operation, exchanges, withheld };
  }

  get #token(): string | undefined {
    return this.#calling.token ?? this.#known.token;
  }

  #hasCredentials(): boolean {
    const { security } = this.#operation;
    const own = Object.keys(this.#calling.headersFor?.(this.#operation) ?? {}).map((name) =>
      name.toLowerCase(),
    );
    return security.length === 0 || this.#token !== undefined || own.some((name) => this.#isCredential(name));
  }

  #isCredential(header: string): boolean {
    const named = this.#operation.security
      .flat()
      .some(({ kind, name }) => kind === "header" && name.toLowerCase() === header);
    return named || header === "authorization" || header === "cookie";
  }

  async #atOnce(requests: readonly ContractRequest[], wasThere: boolean): Promise<void> {
    const waiting = [...requests];
    const [first] = waiting.splice(0, 1);
    if (first) await this.#exchange(first, wasThere);
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        await this.#exchange(next, true);
    };
    await Promise.all(Array.from({ length: this.#calling.concurrency }, worker));
  }

  async #exchange(request: ContractRequest, wasThere: boolean): Promise<void> {
    if (this.#isGone || this.#limited >= MOST_LIMITED) return;
    const answer = await this.#answerTo(request, wasThere);
    this.#limited = wasAnswered(answer) && answer.status === 429 ? this.#limited + 1 : 0;
    this.#exchanges.push({ operation: this.#operation, request, answer });
    if (wasAnswered(answer) && isAccepted(answer)) this.#known.learn(this.#operation, request, answer);
  }

  async #send(request: HttpRequest): Promise<Exchange["answer"]> {
    const answer = await this.#calling.send(request);
    return "status" in answer ? plainAnswer(answer) : answer;
  }

  async #answerTo(request: ContractRequest, wasThere: boolean): Promise<Exchange["answer"]> {
    const sent = withCredentials(request, this.#operation, this.#token);
    const own = Object.entries(this.#calling.headersFor?.(this.#operation) ?? {})
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => request.credentials === "sent" || !this.#isCredential(name));
    const whole = { ...sent, headers: { ...sent.headers, ...Object.fromEntries(own) } };
    try {
      const answer = await this.#send(whole);
      const pause =
        wasAnswered(answer) && answer.status === 429 ? Number(answer.headers["retry-after"]) : Number.NaN;
      if (!(pause <= LONGEST_PAUSE_SECONDS)) return answer;
      await new Promise((resume) => setTimeout(resume, pause * 1000));
      return await this.#send(whole);
    } catch (error) {
      if (!(error instanceof ServerUnreachable) || !wasThere) throw error;
      this.#isGone = true;
      return { none: "nobody listens there any more" };
    }
  }
}

/** TRACE is for proxies, and clients do not send it. */
const sendable: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
