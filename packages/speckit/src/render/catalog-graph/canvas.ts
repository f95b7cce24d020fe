import stringWidth from "fast-string-width";
import type { Net } from "./nets.ts";

const up = 1;
const down = 2;
const left = 4;
const right = 8;

const strokes: Readonly<Record<number, string>> = {
  [up | down]: "│",
  [left | right]: "─",
  [down | right]: "┌",
  [down | left]: "┐",
  [up | right]: "└",
  [up | left]: "┘",
  [up | down | right]: "├",
  [up | down | left]: "┤",
  [down | left | right]: "┬",
  [up | left | right]: "┴",
  [up | down | left | right]: "┼",
};

/** A cell is a piece of a line or of a text; the cell behind a wide character is an empty text. */
type Cell = { readonly net: Net; readonly bits: number } | string;

/** A picture of characters. Lines of one net join where they meet; a vertical line passes over a horizontal one of another net: `─│─`. */
export class Canvas {
  readonly #rows: (Cell | undefined)[][] = [];

  horizontal(net: Net, row: number, from: number, to: number): void {
    for (let column = from; column <= to; column++)
      this.#stroke(net, row, column, (column > from ? left : 0) | (column < to ? right : 0));
  }

  /** `from` joins what is above and `to` what is below, unless a side is said to end there. To be drawn after the horizontal lines. */
  vertical(
    net: Net,
    column: number,
    from: number,
    to: number,
    ends: { top?: boolean; bottom?: boolean } = {},
  ): void {
    for (let row = from; row <= to; row++)
      this.#stroke(
        net,
        row,
        column,
        (row === from && ends.top ? 0 : up) | (row === to && ends.bottom ? 0 : down),
      );
  }

  /** Control characters, which would break the picture, are left out. */
  text(row: number, column: number, text: string): void {
    let next = column;
    for (const character of text.replace(/\p{Cc}/gu, "")) {
      const width = stringWidth(character);
      const cells = this.#row(row);
      if (width === 0) cells[next - 1] = `${asText(cells[next - 1])}${character}`;
      else for (let cell = 0; cell < width; cell++) cells[next++] = cell === 0 ? character : "";
    }
  }

  toString(): string {
    const lines = Array.from(this.#rows, (cells = []) => Array.from(cells, asText).join("").trimEnd());
    return lines.join("\n");
  }

  #stroke(net: Net, row: number, column: number, bits: number): void {
    const cells = this.#row(row);
    const cell = cells[column];
    const own = typeof cell === "object" && cell.net === net ? cell.bits : 0;
    cells[column] = { net, bits: own | bits };
  }

  #row(row: number): (Cell | undefined)[] {
    this.#rows[row] ??= [];
    return this.#rows[row] as (Cell | undefined)[];
  }
}

function asText(cell: Cell | undefined): string {
  if (cell === undefined) return " ";
  return typeof cell === "string" ? cell : (strokes[cell.bits] ?? " ");
}
