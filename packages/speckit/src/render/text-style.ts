import { wrapAnsi } from "fast-wrap-ansi";
import pico from "picocolors";
import type { Location } from "../model/location.ts";

/** How text is shown: in colour or not, and how wide. */
export interface TextStyle {
  readonly color: boolean;
  readonly columns: number;
}

export type Paint = ReturnType<typeof pico.createColors>;

export function paint({ color }: TextStyle): Paint {
  return pico.createColors(color);
}

/** Breaks a text at words so that it fits, each line indented. Texts wider than 100 columns are hard to read, whatever the terminal allows. */
export function wrap(text: string, indent: number, { columns }: TextStyle): string {
  const width = Math.max(20, Math.min(columns, 100) - indent);
  return wrapAnsi(text, width)
    .split("\n")
    .map((line) => `${" ".repeat(indent)}${line}`)
    .join("\n");
}

/** A line that begins with a mark, an emoji of two columns or an arrow of one; what does not fit stands below its text. */
export function marked(mark: string, text: string, style: TextStyle, indent = 0): string {
  const hanging = indent + (mark === "→" ? 2 : 3);
  return `${" ".repeat(indent)}${mark} ${wrap(text, hanging, style).trimStart()}`;
}

/** A place with a note behind it, or below it where the line would be too long: places are never broken, so that they can be clicked. */
export function placeLine(at: Location, note: string, indent: number, style: TextStyle): string {
  const place = `${at.file}:${at.line}:${at.column}`;
  const blank = " ".repeat(indent);
  const fits = indent + place.length + 2 + note.length <= style.columns;
  const { dim } = paint(style);
  return fits ? `${blank}${place}  ${dim(note)}` : `${blank}${place}\n${blank}  ${dim(note)}`;
}
