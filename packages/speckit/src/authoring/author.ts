import type { Finding } from "../model/finding.ts";
import type { Feature, Workspace } from "../model/workspace.ts";

export type DraftKind = "spec" | "plan" | "tasks" | "constitution";

/** A document to write, and everything that an author may know. */
export interface Assignment {
  readonly kind: DraftKind;
  /** Relative to the workspace root. */
  readonly file: string;
  readonly workspace: Workspace;
  /** The service may have nothing but a folder yet. */
  readonly service: { readonly name: string; readonly dir: string };
  readonly feature: Feature;
  /** What a person asked for; empty when a document is made from others. */
  readonly prompt: string;
  /** The document as it stands; undefined when there is none. */
  readonly current?: string | undefined;
  /** The context pack, for authors who read words; undefined for one who reads the workspace itself. */
  readonly pack?: string | undefined;
}

/** What became of a draft: an author may mend it. */
export interface Judged {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/**
 * Tokens that a model was paid for; an offline author uses none. What it has read before and is kept by its provider does not count: it costs a
 * tenth.
 */
export interface TokensUsed {
  readonly input: number;
  readonly output: number;
}

/** How somebody at work is watched, and told to stop. */
export interface AuthorRun {
  /** Its reason is what to throw: an `AuthorInterrupted`, or an `AuthorFailed` that names the limit that was reached. */
  readonly signal: AbortSignal;
  /** What is written, piece by piece as it comes. */
  readonly progress: (text: string) => void;
  /** Called with what was used since the last call. */
  readonly used: (tokens: TokensUsed) => void;
  /** A sentence that a person should read, whatever comes of the work. */
  readonly note?: (text: string) => void;
  /** How many tokens may still be used; without it as many as it takes. */
  readonly tokensLeft?: () => number;
}

/** Who writes drafts. The engine decides whether one is good. */
export interface Author {
  /** `offline`, `agent:NAME`, `model:PROVIDER/MODEL`. */
  readonly id: string;
  /** Has to be told what there is: it gets a context pack. */
  readonly needsPack?: boolean;
  /** A program of somebody's own, as it will be run: a person should see it. */
  readonly command?: string | undefined;
  /**
   * `before` is the author's own last draft with what was found in it; undefined the first time.
   * @throws AuthorFailed when there is no draft
   */
  draft(assignment: Assignment, before: Judged | undefined, run: AuthorRun): Promise<string>;
}

/** An author could not do it: wrong key, no network, refused, cut off. The message is one sentence that says what to do. */
export class AuthorFailed extends Error {}

/** A person stopped the author: whatever there is so far is not wanted. */
export class AuthorInterrupted extends AuthorFailed {}
