import { closeSync, openSync, readSync } from "node:fs";

const CHUNK = 1 << 22;

/**
 * The lines of a file that may be larger than any text. The last line counts when it does not end, if it is not empty. Of a line of more than `longest`
 * bytes only the beginning is given.
 */
export function* linesOf(path: string, longest = Number.POSITIVE_INFINITY): Generator<string> {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(CHUNK);
    let open: Buffer[] = [];
    let openSize = 0;
    for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer)) {
      let start = 0;
      for (let end = buffer.indexOf(10); end !== -1 && end < size; end = buffer.indexOf(10, start)) {
        const part = buffer.subarray(start, end);
        yield open.length > 0 ? Buffer.concat([...open, part]).toString() : part.toString();
        open = [];
        openSize = 0;
        start = end + 1;
      }
      if (start < size && openSize < longest) {
        open.push(Buffer.from(buffer.subarray(start, size)));
        openSize += size - start;
      }
    }
    if (open.length > 0) yield Buffer.concat(open).toString();
  } finally {
    closeSync(file);
  }
}
