import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import type { WorkspaceDocument } from "@speckit/cli/cli";
import type { ReadDocument } from "../documents.ts";
import type { Place } from "../place.ts";

/** What is asked of the engine's thread, by name. */
export interface Questions {
  readonly tool: {
    readonly name: string;
    readonly args: Readonly<Record<string, unknown>>;
    readonly place: Place;
  };
  readonly documents: { readonly place: Place };
  readonly document: { readonly file: string; readonly place: Place };
  readonly rules: { readonly place: Place };
  readonly rule: { readonly id: string; readonly place: Place };
}

export interface Answers {
  readonly tool: CallToolResult;
  readonly documents: readonly WorkspaceDocument[];
  readonly document: ReadDocument;
  readonly rules: readonly Rule[];
  readonly rule: ReadDocument;
}

export interface Rule {
  readonly id: string;
  readonly title: string;
}

export type Kind = keyof Questions;

export interface Message {
  readonly kind: Kind;
  readonly question: Questions[Kind];
}

/** What comes back from the thread. */
export type Reply = { readonly answer: Answers[Kind] } | { readonly error: string };
