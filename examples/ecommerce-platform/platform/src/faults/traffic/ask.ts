import { setTimeout as pause } from "node:timers/promises";

export interface Question {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly token?: string | undefined;
  readonly key?: string;
  readonly body?: object;
}

export interface Answer<Data = unknown> {
  readonly status: number;
  /** Of the body; the problem when it is one. Believed, not checked: other tests hold the shop against its contracts. */
  readonly data: Data;
  readonly nextCursor: string | null;
}

/** The shop did not answer for a long time; the message says what was asked and what came last. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** The door to a shop, as a patient customer uses it. */
export interface Door {
  /** Of the gateway now. */
  readonly url: string;
  /** Told of each attempt that the shop did not answer, or answered with 5xx. */
  onRefusal?(question: Question, reason: string): void;
}

const attemptMs = 15_000;
const patienceMs = 60_000;
const longestPauseMs = 400;

/**
 * Asks again, with pauses, until there is an answer below 500: a connection that breaks says nothing about what was done. Throws `NoAnswer`
 * after a minute.
 */
export async function ask<Data>(door: Door, question: Question): Promise<Answer<Data>> {
  const from = performance.now();
  for (let pauseMs = 50; ; pauseMs = Math.min(longestPauseMs, 2 * pauseMs)) {
    const attempt = await tryOnce<Data>(door, question);
    if (typeof attempt !== "string") return attempt;
    door.onRefusal?.(question, attempt);
    if (performance.now() - from > patienceMs) {
      const { method, path } = question;
      throw new NoAnswer(`${method} ${path} got no answer for ${patienceMs / 1000} s, at last ${attempt}.`);
    }
    await pause(pauseMs);
  }
}

/** The answer, or why there is none. */
async function tryOnce<Data>({ url }: Door, question: Question): Promise<Answer<Data> | string> {
  const { method, path, token, key, body } = question;
  const headers: Record<string, string> = {};
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  if (key !== undefined) headers["idempotency-key"] = key;
  if (body !== undefined) headers["content-type"] = "application/json";
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(attemptMs),
    });
    const text = await response.text();
    if (response.status >= 500 || response.status === 429) return `${response.status}`;
    const { data, meta, ...others } = text === "" ? {} : JSON.parse(text);
    return { status: response.status, data: data ?? others, nextCursor: meta?.nextCursor ?? null };
  } catch (error) {
    const { message, cause } = error as Error;
    return cause instanceof Error
      ? `${message}: ${(cause as NodeJS.ErrnoException).code ?? cause.message}`
      : message;
  }
}
