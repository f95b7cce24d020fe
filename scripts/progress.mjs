// One line a step: what is done, and when it is done how long that took. Goes to standard error, so that output stays output.

/**
 * The colours of a stream: those of a terminal, or none.
 * @param {NodeJS.WriteStream} stream
 */
export function colorsOf(stream) {
  const { NO_COLOR = "", FORCE_COLOR = "", TERM } = process.env;
  const colored = NO_COLOR === "" && (FORCE_COLOR !== "" || (stream.isTTY === true && TERM !== "dumb"));
  /** @type {(code: number) => (text: string) => string} */
  const paint = (code) => (text) => (colored ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { bold: paint(1), dim: paint(2), red: paint(31), green: paint(32) };
}

const { dim, green, red } = colorsOf(process.stderr);

/**
 * Does `work` and says so. What `work` throws is passed on.
 * @template T
 * @param {string} title In the words of the reader: "install packages".
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = performance.now();
  process.stderr.write(`  ${title} ${dim(".".repeat(Math.max(3, 40 - title.length)))} `);
  const end = (/** @type {string} */ mark) =>
    process.stderr.write(`${mark} ${dim(seconds(performance.now() - started))}\n`);
  try {
    const result = await work();
    end(green("ok"));
    return result;
  } catch (error) {
    end(red("failed"));
    throw error;
  }
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
}
