// A plot of times over sizes, both logarithmic: a straight line at 45° grows as the fleet does.

const width = 720;
const height = 360;
const margin = { left: 64, right: 250, top: 24, bottom: 44 };
const colours = ["#1f6feb", "#8250df", "#1a7f37", "#bc4c00", "#cf222e", "#57606a"];

/**
 * @param {readonly number[]} sizes
 * @param {readonly { name: string, times: readonly number[] }[]} lines Times in milliseconds, one for each size.
 * @returns {string} SVG
 */
export function plot(sizes, lines) {
  const all = lines.flatMap(({ times }) => times);
  const x = scale(Math.min(...sizes), Math.max(...sizes), margin.left, width - margin.right);
  const [lowest, highest] = [
    10 ** Math.floor(Math.log10(Math.min(...all))),
    10 ** Math.ceil(Math.log10(Math.max(...all))),
  ];
  const y = scale(lowest, highest, height - margin.bottom, margin.top);
  const decades = Array.from(
    { length: Math.round(Math.log10(highest / lowest)) + 1 },
    (_, power) => lowest * 10 ** power,
  );
  const ends = spread(lines.map(({ times }) => y(times.at(-1) ?? lowest)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<title>Time of commands over the number of services</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${decades.map((value) => `<path d="M${margin.left} ${round(y(value))}H${width - margin.right}" stroke="#d0d7de"/><text x="${margin.left - 8}" y="${round(y(value) + 4)}" text-anchor="end" fill="#57606a">${duration(value)}</text>`).join("\n")}
${sizes.map((size) => `<path d="M${round(x(size))} ${margin.top}V${height - margin.bottom}" stroke="#d0d7de"/><text x="${round(x(size))}" y="${height - margin.bottom + 18}" text-anchor="middle" fill="#57606a">${size.toLocaleString("en")}</text>`).join("\n")}
<text x="${(margin.left + width - margin.right) / 2}" y="${height - 8}" text-anchor="middle" fill="#57606a">services</text>
${lines
  .map(({ name, times }, index) => {
    const colour = colours[index % colours.length];
    const points = times.map(
      (time, at) => `${round(x(/** @type {number} */ (sizes[at])))},${round(y(time))}`,
    );
    return `<polyline points="${points.join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/><text x="${width - margin.right + 8}" y="${round((ends[index] ?? 0) + 4)}" fill="${colour}">${name}</text>`;
  })
  .join("\n")}
</svg>
`;
}

/** @param {number} low @param {number} high @param {number} from @param {number} to */
function scale(low, high, from, to) {
  const span = Math.log(high / low) || 1;
  return (/** @type {number} */ value) => from + ((to - from) * Math.log(value / low)) / span;
}

/** Moves labels apart that would stand on each other. @param {readonly number[]} places */
function spread(places) {
  const order = places.map((_, index) => index).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const moved = [...places];
  order.forEach((index, rank) => {
    const above = moved[order[rank - 1] ?? -1];
    if (above !== undefined) moved[index] = Math.max(moved[index] ?? 0, above + 15);
  });
  return moved;
}

/** @param {number} milliseconds */
function duration(milliseconds) {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${milliseconds / 1000} s`;
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}
