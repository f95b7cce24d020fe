import type { AllowedAnswer, CallableOperation } from "../../model/callable-operation.ts";
import type { NodePlace } from "../../model/location.ts";
import { allowedAnswer } from "../allowed-answers.ts";
import { type ContractRequest, type Exchange, type HttpAnswer, wasAnswered } from "../exchange.ts";

/** An answer with what the contract says about its status. */
export interface Answered {
  readonly operation: CallableOperation;
  readonly request: ContractRequest | undefined;
  readonly answer: HttpAnswer;
  readonly allowed: AllowedAnswer | undefined;
  /** `POST /api/v1/orders answered 201`. */
  readonly said: string;
}

/** The exchanges that came to an answer. */
export function answered(exchanges: readonly Exchange[]): Answered[] {
  return exchanges.flatMap(({ operation, request, answer }) =>
    wasAnswered(answer)
      ? [
          {
            operation,
            request,
            answer,
            allowed: allowedAnswer(operation, answer.status),
            said: `${nameOf(operation)} answered ${answer.status}`,
          },
        ]
      : [],
  );
}

/** Those whose status the contract describes. */
export function described(
  exchanges: readonly Exchange[],
): (Answered & { readonly allowed: AllowedAnswer })[] {
  return answered(exchanges).flatMap((one) => (one.allowed ? [{ ...one, allowed: one.allowed }] : []));
}

export function nameOf({ method, path }: CallableOperation): string {
  return `${method} ${path}`;
}

/** Where the contract lists the answers of an operation. */
export function answersAt({ at }: CallableOperation): NodePlace {
  return { file: at.file, pointer: `${at.pointer}/responses` };
}

/** Statuses that say that something about the request itself is wrong; others are about what it is for, or whom it comes from. */
export const aboutForm: ReadonlySet<number> = new Set([400, 405, 406, 411, 413, 414, 415, 417, 422, 431]);

/** What a body says in JSON; undefined when it is none. */
export function jsonOf(body: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(body) as unknown };
  } catch {
    return undefined;
  }
}

export function contentTypeOf({ headers }: HttpAnswer): string {
  return headers["content-type"] ?? "";
}

/** Whether an answer of this status to this method may have a body at all (RFC 9110). */
export function mayHaveBody({ method }: CallableOperation, status: number): boolean {
  return method !== "HEAD" && status >= 200 && status !== 204 && status !== 205 && status !== 304;
}
