import type { Measured, PinOffset } from "./measure.ts";
import type { Net } from "./nets.ts";
import type { Slot } from "./slots.ts";

/** Where a net meets a slot, as a column of the picture. */
export interface Pin {
  readonly net: Net;
  readonly column: number;
  readonly label: string;
}

export interface Placed {
  readonly slot: Slot;
  readonly left: number;
  readonly width: number;
  readonly tops: readonly Pin[];
  readonly bottoms: readonly Pin[];
}

/**
 * Gives every pin its column. Between two layers a line from above and a line of another net from below never share a column, so they can
 * never be mistaken for one; where possible a line goes straight down. Undefined when there is no room for that.
 */
export function placePins(
  layers: readonly (readonly Measured[])[],
  lefts: readonly (readonly number[])[],
): Placed[][] | undefined {
  const placed: Placed[][] = [];
  for (const [depth, slots] of layers.entries()) {
    const arriving = (placed.at(-1) ?? []).flatMap(({ bottoms }) => bottoms);
    const layer: Placed[] = [];
    for (const [index, measured] of slots.entries()) {
      const left = lefts[depth]?.[index] ?? 0;
      const next = slots[index + 1];
      const room = {
        from: roomAfter(layer.at(-1), slots[index - 1]),
        to: (lefts[depth]?.[index + 1] ?? 0) - 2,
      };
      const done =
        measured.slot.kind === "wire"
          ? placeWire(measured, left, next ? room : { ...room, to: left + 10 }, arriving)
          : placeBox(measured, left, arriving, slots);
      if (!done) return undefined;
      layer.push(done);
    }
    placed.push(layer);
  }
  return placed;
}

interface Room {
  readonly from: number;
  readonly to: number;
}

/** The first column that a wire may take beside its left neighbour and that one's label. */
function roomAfter(before: Placed | undefined, measured: Measured | undefined): number {
  if (!before || !measured) return 0;
  return before.left + Math.max(before.width + 1, measured.labelEnd + 1);
}

function placeWire(
  { slot, width, tops: [top] }: Measured,
  left: number,
  room: Room,
  arriving: readonly Pin[],
): Placed | undefined {
  if (!top) return undefined;
  const own = arriving.filter(({ net }) => net === top.net);
  const [only, ...others] = own;
  const wanted = only && others.length === 0 && isWithin(only.column, room) ? only.column : left;
  const column = freeColumn(wanted, room, foreignTo(top.net, arriving), []);
  if (column === undefined) return undefined;
  const pins = [{ net: top.net, column, label: "" }];
  return { slot, left: column, width, tops: pins, bottoms: pins };
}

function placeBox(
  { slot, width, tops, bottoms }: Measured,
  left: number,
  arriving: readonly Pin[],
  layer: readonly Measured[],
): Placed | undefined {
  const room = { from: left + 1, to: left + width - 2 };
  const wishes = tops.map((pin) => {
    const column = straightColumn(pin, left, room, arriving, layer);
    return { pin, column: column ?? left + pin.offset, isStraight: column !== undefined };
  });
  const taken: Pin[] = [];
  for (const { pin, column: wanted } of wishes.sort((a, b) => Number(b.isStraight) - Number(a.isStraight))) {
    const own = taken.map(({ column }) => column);
    const column = freeColumn(wanted, room, foreignTo(pin.net, arriving), own);
    if (column === undefined) return undefined;
    taken.push({ net: pin.net, column, label: "" });
  }
  const leaving = bottoms.map(({ net, offset, label }) => ({ net, column: left + offset, label }));
  return { slot, left, width, tops: taken, bottoms: leaving };
}

/** The column in which a line from above reaches the box without a bend: always wanted for a line of its own, else only to avoid a bend by one. */
function straightColumn(
  { net, offset }: PinOffset,
  left: number,
  room: Room,
  arriving: readonly Pin[],
  layer: readonly Measured[],
): number | undefined {
  const own = arriving.filter((pin) => pin.net === net).map(({ column }) => column);
  const ends = layer.flatMap(({ tops }) => tops).filter((pin) => pin.net === net).length;
  const reach = own.length === 1 && ends === 1 ? Number.POSITIVE_INFINITY : 1;
  return own.find((column) => isWithin(column, room) && Math.abs(column - left - offset) <= reach);
}

function foreignTo(net: Net, arriving: readonly Pin[]): number[] {
  return arriving.filter((pin) => pin.net !== net).map(({ column }) => column);
}

function isWithin(column: number, { from, to }: Room): boolean {
  return column >= from && column <= to;
}

/** The column nearest to the wanted one that is apart from others of the same box and from lines of other nets: by two if possible, else by one. */
function freeColumn(
  wanted: number,
  room: Room,
  foreign: readonly number[],
  own: readonly number[],
): number | undefined {
  const columns = Array.from(
    { length: Math.max(0, room.to - room.from + 1) },
    (_, index) => room.from + index,
  )
    .filter((column) => own.every((other) => Math.abs(column - other) >= 2))
    .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b);
  const isApart = (by: number) => (column: number) =>
    foreign.every((other) => Math.abs(column - other) >= by);
  return columns.find(isApart(2)) ?? columns.find(isApart(1));
}
