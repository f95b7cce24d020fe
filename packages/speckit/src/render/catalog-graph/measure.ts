import stringWidth from "fast-string-width";
import type { Net } from "./nets.ts";
import { enters, leaves, type Slot } from "./slots.ts";

/** Where a net meets a slot, counted from the slot's left edge. */
export interface PinOffset {
  readonly net: Net;
  readonly offset: number;
  /** Stands beside the line below a box; empty at wires and at the upper side. */
  readonly label: string;
}

/** A slot with its size in columns and the places of its pins, before it is known where it stands. */
export interface Measured {
  readonly slot: Slot;
  readonly width: number;
  readonly tops: readonly PinOffset[];
  readonly bottoms: readonly PinOffset[];
  /** Column behind the last label, counted from the left edge; it may lie outside of the box. */
  readonly labelEnd: number;
}

/** Columns between two pins: enough to shift one by one and still tell them apart. */
const PIN_DISTANCE = 4;

/** Measures all slots. Boxes are as wide as their name and their pins need. */
export function measureSlots(layers: readonly (readonly Slot[])[], nets: readonly Net[]): Measured[][] {
  return layers.map((slots, depth) => {
    const above = layers[depth - 1] ?? [];
    const below = layers[depth + 1] ?? [];
    return slots.map((slot) => {
      const entering = byMiddle(
        nets.filter((net) => enters(net, slot)),
        above,
        leaves,
      );
      const leaving = byMiddle(
        nets.filter((net) => leaves(net, slot)),
        below,
        enters,
      );
      return slot.kind === "wire" ? wire(slot) : box(slot, entering, leaving);
    });
  });
}

function wire(slot: Slot & { kind: "wire" }): Measured {
  const pins = [{ net: slot.net, offset: 0, label: "" }];
  return { slot, width: 1, tops: pins, bottoms: pins, labelEnd: 1 };
}

function box(slot: Slot & { kind: "box" }, entering: readonly Net[], leaving: readonly Net[]): Measured {
  const labels = leaving.map((net) => net.sources.find(({ name }) => name === slot.name)?.label ?? "");
  const topGaps = entering.slice(1).map(() => PIN_DISTANCE);
  const bottomGaps = labels.slice(0, -1).map((label) => Math.max(PIN_DISTANCE, stringWidth(label) + 4));
  const width = Math.max(stringWidth(slot.name) + 4, spanOf(topGaps) + 7, spanOf(bottomGaps) + 5);
  const tops = spread(topGaps, width).map((offset, index) => ({ net: entering[index], offset, label: "" }));
  const bottoms = spread(bottomGaps, width).map((offset, index) => ({
    net: leaving[index],
    offset,
    label: labels[index] ?? "",
  }));
  const last = bottoms[leaving.length - 1];
  return {
    slot,
    width,
    tops: tops.filter(hasNet),
    bottoms: bottoms.filter(hasNet),
    labelEnd: last?.label ? last.offset + 2 + stringWidth(last.label) : width,
  };
}

function hasNet<P extends { readonly net: Net | undefined }>(pin: P): pin is P & { readonly net: Net } {
  return pin.net !== undefined;
}

function spanOf(gaps: readonly number[]): number {
  return gaps.reduce((sum, gap) => sum + gap, 0);
}

/** Offsets of pins with these gaps between them: even where there is room, and centred. */
function spread(gaps: readonly number[], width: number): number[] {
  const even = Math.floor(width / (gaps.length + 2));
  const wider = gaps.map((gap) => Math.max(gap, even));
  const used = spanOf(wider) + 5 <= width ? wider : gaps;
  const offsets = [Math.floor((width - spanOf(used)) / 2)];
  for (const gap of used) offsets.push((offsets.at(-1) ?? 0) + gap);
  return offsets;
}

/** Sorts nets by where their other ends stand, so that lines from one box do not cross each other. */
function byMiddle(
  nets: readonly Net[],
  others: readonly Slot[],
  meets: (net: Net, slot: Slot) => boolean,
): Net[] {
  const middle = (net: Net) => {
    const positions = others.flatMap((slot, index) => (meets(net, slot) ? [index] : []));
    return positions.reduce((sum, position) => sum + position, 0) / Math.max(1, positions.length);
  };
  return [...nets].sort((a, b) => middle(a) - middle(b));
}
