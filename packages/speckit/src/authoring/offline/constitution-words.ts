import type { Constitution, Principle, Statement } from "../../model/constitution.ts";

type PrincipleKind = Principle["kind"];

/** What a constitution says on a few matters that drafts ask for; undefined where it is silent. */
export interface ConstitutionWords {
  /** "2 seconds", how long a call to another service may take. */
  readonly callTimeout: string | undefined;
  readonly idempotency: string | undefined;
  readonly deadLetters: string | undefined;
  readonly outbox: string | undefined;
  readonly ownsDatabase: boolean;
  readonly tokens: boolean;
}

export function wordsOf(constitution: Constitution | undefined): ConstitutionWords {
  const statements = constitution?.statements ?? [];
  const say = (pattern: RegExp) => statements.find(({ text }) => pattern.test(text))?.text;
  const call = statements.find(
    ({ text }) =>
      /\b(?:synchronous|calls?|requests?)\b/i.test(text) &&
      timeout.test(text) &&
      /\b(?:service|call|upstream|timeout)/i.test(text),
  );
  return {
    callTimeout: call && timeout.exec(call.text)?.[0],
    idempotency: say(/second delivery|idempoten|twice|duplicate/i),
    deadLetters:
      say(/(?=.*(?:dead[- ]letter|\bDLQ\b))(?=.*(?:retr|tried|attempt|cannot))/i) ??
      say(/dead[- ]letter|\bDLQ\b/i),
    outbox: say(/outbox|one transaction/i),
    ownsDatabase: has(constitution, "own-database"),
    tokens: has(constitution, "authentication"),
  };
}

const timeout = /\b\d+(?:[.,]\d+)?\s*(?:seconds?|secs?|s|ms|milliseconds?|minutes?)\b/i;

function has(constitution: Constitution | undefined, kind: PrincipleKind): boolean {
  return constitution?.principles.some((principle) => principle.kind === kind) ?? false;
}

/** The first choice of a topic of the stack, as the constitution names it. */
export function choiceOf(constitution: Constitution | undefined, topic: string): string | undefined {
  return constitution?.principles.find(
    (principle): principle is Extract<Principle, { kind: "technology" }> =>
      principle.kind === "technology" && principle.topic.toLowerCase() === topic.toLowerCase(),
  )?.choices[0];
}

/** The value behind `Key:` of a statement: "JWT tokens" of "Authentication: JWT tokens". */
export function statedValue(constitution: Constitution | undefined, key: RegExp): string | undefined {
  const found = constitution?.statements.find(
    ({ text }: Statement) => key.test(text.split(":")[0] ?? "") && text.includes(":"),
  );
  return found?.text.slice(found.text.indexOf(":") + 1).trim() || undefined;
}
