import type { ReadingProblem } from "../model/contract.ts";

/** The text of a file, or why it is none. Offsets into `text` are UTF-16 units; a byte order mark is dropped. */
export type DecodedText =
  | { readonly kind: "text"; readonly text: string; readonly problems: readonly ReadingProblem[] }
  | { readonly kind: "none"; readonly problems: readonly ReadingProblem[] };

const decoder = new TextDecoder("utf-8");
const strictDecoder = new TextDecoder("utf-8", { fatal: true });

/**
 * Decodes a file as UTF-8. Bytes that are no UTF-8 are replaced and reported at their line; a file with NUL bytes is binary and has no text.
 * Never throws.
 */
export function decodeText(file: string, bytes: Uint8Array): DecodedText {
  const text = decoder.decode(bytes);
  if (isUtf16(bytes))
    return none(file, "unreadable-file", `${file} is UTF-16; only UTF-8 is read.`, "Save the file as UTF-8.");
  if (text.includes("\0")) {
    return none(file, "unreadable-file", `${file} is a binary file, not text.`);
  }
  if (!text.includes("\uFFFD") || isValidUtf8(bytes)) return { kind: "text", text, problems: [] };
  const at = positionOf(text, text.indexOf("\uFFFD"));
  return {
    kind: "text",
    text,
    problems: [
      { rule: "unreadable-file", message: `${file} is not valid UTF-8 from here on.`, at: { file, ...at } },
    ],
  };
}

/** The answer for a file that has no readable text. */
export function none(file: string, rule: string, message: string, fix?: string): DecodedText {
  return { kind: "none", problems: [{ rule, message, at: { file, line: 1, column: 1 }, fix }] };
}

/** Line and column of an offset, both counted from 1. For many offsets of one text use `lineIndex`. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line++;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}

/** `positionOf` for many offsets of one text: finds the line ends once. */
export function lineIndex(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** Told by its byte order mark. */
function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function isValidUtf8(bytes: Uint8Array): boolean {
  try {
    strictDecoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
