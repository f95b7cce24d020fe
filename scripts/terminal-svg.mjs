// What a terminal shows, as a picture: text with colour codes in, SVG out.

const CELL = 8.4;
const LINE = 20;
const MARGIN = 20;
const colors = {
  31: "#ff7b72",
  32: "#7ee787",
  33: "#e3b341",
  34: "#79c0ff",
  35: "#d2a8ff",
  36: "#76e3ea",
  90: "#8b949e",
};

/** @typedef {{ color: string | undefined, bold: boolean, dim: boolean }} Style */

/**
 * @param {string} text Lines with SGR codes, as a terminal gets them.
 * @param {number} columns Width of the terminal.
 */
export function terminalSvg(text, columns) {
  const lines = text.trimEnd().split("\n");
  const width = Math.round(columns * CELL + 2 * MARGIN);
  const height = lines.length * LINE + 2 * MARGIN;
  /** @type {Style} */
  let style = plain;
  const rows = lines.map((line, row) => {
    const { runs, last } = runsOf(line, style);
    style = last;
    return runs.map((run) => runSvg(run, row)).join("");
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#e6edf3" xml:space="preserve">
${rows.filter((row) => row !== "").join("\n")}
</g>
</svg>
`;
}

/** @type {Style} */
const plain = { color: undefined, bold: false, dim: false };

/**
 * Cuts a line where its style changes.
 * @param {string} line
 * @param {Style} before
 */
function runsOf(line, before) {
  /** @type {{ text: string, column: number, style: Style }[]} */
  const runs = [];
  let style = before;
  let column = 0;
  for (const [index, part] of line.split("\u001b[").entries()) {
    const codes = index === 0 ? "" : part.slice(0, part.indexOf("m"));
    if (index > 0) style = codes.split(";").map(Number).reduce(restyle, style);
    const visible = index === 0 ? part : part.slice(codes.length + 1);
    // A sign that is two cells wide stands alone, so that what follows is in its column whatever the font.
    for (const text of visible.split(/(\p{Emoji_Presentation}\ufe0f?|\p{Emoji}\ufe0f)/u)) {
      if (text.trim() !== "") runs.push({ text, column, style });
      column += cellsOf(text);
    }
  }
  return { runs, last: style };
}

/** @param {string} text */
function cellsOf(text) {
  return /^\p{Emoji}/u.test(text) && /\p{Emoji_Presentation}|\ufe0f/u.test(text) ? 2 : [...text].length;
}

/** @param {Style} style @param {number} code @returns {Style} */
function restyle(style, code) {
  if (code === 0) return plain;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 39) return { ...style, color: undefined };
  return { ...style, color: colors[/** @type {keyof typeof colors} */ (code)] ?? style.color };
}

/** @param {{ text: string, column: number, style: Style }} run @param {number} row */
function runSvg({ text, column, style: { color, bold, dim } }, row) {
  const lead = text.length - text.trimStart().length;
  const shown = text.trim();
  const x = (MARGIN + (column + lead) * CELL).toFixed(1);
  const y = MARGIN + row * LINE + 15;
  const attributes = [
    `x="${x}" y="${y}" textLength="${(cellsOf(shown) * CELL).toFixed(1)}"`,
    color === undefined ? "" : ` fill="${color}"`,
    bold ? ' font-weight="bold"' : "",
    dim ? ' opacity="0.6"' : "",
  ].join("");
  return `<text ${attributes}>${shown.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</text>`;
}
