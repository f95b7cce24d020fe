import { type Io, UsageError } from "./command.ts";

/** The newest part of a log tells most; whatever is longer is not read into memory. */
const MOST_BYTES = 2_000_000;

export interface ErrorInput {
  readonly text: string;
  /** Bytes before the text that were left out. */
  readonly omitted: number;
}

const advice = 'Pass the message, speckit error-context "MESSAGE", or pipe a stack trace or log into it.';

/**
 * The error as it was given: as words, else on standard input, of which the end is kept.
 * @throws UsageError when there is none, or it is no text
 */
export async function errorInput(words: readonly string[], mayBeEmpty: boolean, io: Io): Promise<ErrorInput> {
  const said = words.filter((word) => word !== "-").join(" ");
  if (said.trim() !== "") return checked({ text: said, omitted: 0 });
  if (mayBeEmpty) return { text: "", omitted: 0 };
  const input = io.input();
  if (input === undefined) throw new UsageError(`There is no error to look at. ${advice}`);
  return checked(await tailOf(input));
}

async function tailOf(input: AsyncIterable<Uint8Array>): Promise<ErrorInput> {
  let chunks: Uint8Array[] = [];
  let kept = 0;
  let omitted = 0;
  for await (const chunk of input) {
    chunks.push(chunk);
    kept += chunk.length;
    // Doubled before it is cut, so that every byte is copied once at most.
    if (kept <= MOST_BYTES * 2) continue;
    const all = Buffer.concat(chunks);
    omitted += all.length - MOST_BYTES;
    chunks = [all.subarray(-MOST_BYTES)];
    kept = MOST_BYTES;
  }
  const all = Buffer.concat(chunks);
  const tail = all.subarray(-MOST_BYTES);
  return { text: new TextDecoder().decode(tail), omitted: omitted + all.length - tail.length };
}

/** @throws UsageError */
function checked(input: ErrorInput): ErrorInput {
  const { text } = input;
  if (text.trim() === "") throw new UsageError(`The input is empty. ${advice}`);
  const sample = text.slice(0, 20_000);
  const odd = [...sample].filter((character) => isOdd(character)).length;
  if (odd > sample.length / 10)
    throw new UsageError(
      `The input is no text: ${Math.round((odd / sample.length) * 100)} % of it cannot be read. ${advice}`,
    );
  return { ...input, text: text.replaceAll("\0", "") };
}

/** What no text has: control characters other than white space and the escapes of colours, and bytes that are no UTF-8. */
function isOdd(character: string): boolean {
  const code = character.charCodeAt(0);
  return character === "\uFFFD" || (code < 32 && !"\t\n\v\f\r\u001b".includes(character));
}
