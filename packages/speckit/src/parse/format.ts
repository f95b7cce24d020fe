import type { ParsedDocument } from "../model/parsed-document.ts";
import type { LoadValue } from "./references.ts";
import type { LoadText } from "./summary.ts";

/** A file with its text, the path relative to the workspace root with `/`. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  readonly bytes: number;
}

/** One kind of document that the engine understands. To add one: write its reader, and a line in `formats`. */
export interface Format {
  readonly kind: ParsedDocument["kind"];
  /** Whether a file of that path may be one: only then it is read at all. */
  readonly mayBe: (file: string) => boolean;
  /** Whether the text says that it is one. */
  readonly claims: (source: SourceText) => boolean;
  /** Never throws. Documents that refer to lines of other files ask for their texts. */
  readonly parse: (source: SourceText, load: LoadValue, loadText?: LoadText) => ParsedDocument;
}
