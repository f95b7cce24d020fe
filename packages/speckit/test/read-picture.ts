/** A picture of boxes and lines, read back by following the lines as a person would. */
export interface ReadPicture {
  readonly boxes: readonly string[];
  /** `provider → dependent` for every pair that a line joins, sorted. */
  readonly edges: readonly string[];
  /** `provider label`, for every label beside a line that leaves a box. */
  readonly labels: readonly string[];
}

interface Box {
  readonly name: string;
  readonly top: number;
  readonly left: number;
  readonly right: number;
}

type Move = readonly [rows: number, columns: number];
const up: Move = [-1, 0];
const down: Move = [1, 0];
const left: Move = [0, -1];
const right: Move = [0, 1];

/** Which ways a line goes on from each character. */
const ways: Readonly<Record<string, readonly Move[]>> = {
  "┌": [down, right],
  "┐": [down, left],
  "└": [up, right],
  "┘": [up, left],
  "├": [up, down, right],
  "┤": [up, down, left],
  "┬": [down, left, right],
  "┴": [up, left, right],
  "┼": [up, down, left, right],
};

/** Reads a picture. Throws when a line ends in nothing. Names and labels must be made of ASCII. */
export function readPicture(picture: string): ReadPicture {
  const rows = picture.split("\n").map((line) => [...line]);
  const boxes = boxesOf(rows);
  const edges: string[] = [];
  const labels: string[] = [];
  for (const box of boxes) {
    for (let column = box.left; column <= box.right; column++) {
      if (rows[box.top + 2]?.[column] !== "┬") continue;
      for (const target of follow(rows, boxes, box.top + 2, column)) edges.push(`${box.name} → ${target}`);
      const label = /^\S* (\([^)]*\))/.exec((rows[box.top + 3] ?? []).slice(column).join(""));
      if (label) labels.push(`${box.name} ${label[1]}`);
    }
  }
  return { boxes: boxes.map(({ name }) => name), edges: edges.sort(), labels: labels.sort() };
}

function boxesOf(rows: readonly string[][]): Box[] {
  return rows.flatMap((row, top) => {
    const names = [...row.join("").matchAll(/│ +([\w-]+) +│/g)];
    return names.flatMap(({ index, 0: whole, 1: name = "" }) => {
      const box = { name, top: top - 1, left: index, right: index + whole.length - 1 };
      const border = (at: number) => (rows[at] ?? []).slice(box.left, box.right + 1).join("");
      const isBox = /^┌[─▼]+┐$/.test(border(top - 1)) && /^└[─┬]+┘$/.test(border(top + 1));
      return isBox ? [box] : [];
    });
  });
}

/** Names of the boxes that the line below a pin leads to. */
function follow(
  rows: readonly string[][],
  boxes: readonly Box[],
  pinRow: number,
  pinColumn: number,
): Set<string> {
  const reached = new Set<string>();
  const seen = new Set<string>();
  const pending: [row: number, column: number, move: Move][] = [[pinRow, pinColumn, down]];
  for (let step = pending.pop(); step; step = pending.pop()) {
    const [row, column, move] = [step[0] + step[2][0], step[1] + step[2][1], step[2]];
    if (seen.has(`${row} ${column} ${move}`)) continue;
    seen.add(`${row} ${column} ${move}`);
    const inside = boxes.find(
      (box) => row >= box.top && row <= box.top + 2 && column >= box.left && column <= box.right,
    );
    const character = rows[row]?.[column] ?? " ";
    if (inside) {
      if (move === down && character === "▼") reached.add(inside.name);
      else if (move !== up || character !== "┬") throw new Error(`a line runs into ${inside.name}`);
    } else if (character === "│" || (character === "─" && move[0] === 0)) {
      // A horizontal line that meets `│` passes below it.
      pending.push([row, column, move]);
    } else {
      const onwards = ways[character] ?? [];
      const back = onwards.find((way) => way[0] === -move[0] && way[1] === -move[1]);
      if (!back) throw new Error(`a line ends at '${character}' in row ${row}, column ${column}`);
      for (const way of onwards) if (way !== back) pending.push([row, column, way]);
    }
  }
  return reached;
}
