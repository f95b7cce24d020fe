import type { Measured } from "./measure.ts";
import type { Net } from "./nets.ts";

const ROUNDS = 40;
/** Columns between neighbours. */
const GAP = 2;
/** A bent wire is harder to follow than a box that stands a little aside. */
const WIRE_WEIGHT = 4;

/**
 * Finds the left edge of each slot: as near as possible to what it is joined to above and below, in the order given, and with room for the
 * labels. Whole columns; the first is 0.
 */
export function placeSlots(layers: readonly (readonly Measured[])[]): number[][] {
  const starts = layers.map(minimalLefts);
  const widest = Math.max(...starts.map((lefts, depth) => widthOf(lefts, layers[depth] ?? [])));
  const lefts = starts.map((own, depth) => {
    const shift = (widest - widthOf(own, layers[depth] ?? [])) / 2;
    return own.map((left) => left + shift);
  });
  for (let round = 0; round < ROUNDS; round++) {
    for (const [depth, slots] of layers.entries()) {
      const wanted = slots.map((slot, index) =>
        wantedLeft(slot, lefts[depth]?.[index] ?? 0, layers, lefts, depth),
      );
      lefts[depth] = nearestInOrder(wanted, slots.map(weightOf), starts[depth] ?? []);
    }
  }
  const rounded = lefts.map((own, depth) =>
    own.map((left, index) => roundBy(left, starts[depth]?.[index] ?? 0)),
  );
  const first = Math.min(...rounded.flat());
  return rounded.map((own) => own.map((left) => left - first));
}

/** Left edges when everything stands as close as it may. */
function minimalLefts(slots: readonly Measured[]): number[] {
  const lefts: number[] = [];
  for (const [index, slot] of slots.entries()) {
    const before = slots[index - 1];
    lefts.push(before ? (lefts[index - 1] ?? 0) + distance(before, slot) : 0);
  }
  return lefts;
}

/** From left edge to left edge. A label must end before the next line that passes beside it. */
function distance(slot: Measured, next: Measured): number {
  const line = next.bottoms[0]?.offset ?? next.width;
  return Math.max(slot.width + GAP, slot.labelEnd + 1 - line);
}

function widthOf(lefts: readonly number[], slots: readonly Measured[]): number {
  return Math.max(0, ...slots.map(({ width }, index) => (lefts[index] ?? 0) + width));
}

function weightOf({ slot }: Measured): number {
  return slot.kind === "wire" ? WIRE_WEIGHT : 1;
}

function wantedLeft(
  { tops, bottoms }: Measured,
  current: number,
  layers: readonly (readonly Measured[])[],
  lefts: readonly (readonly number[])[],
  depth: number,
): number {
  const columns = (net: Net, layer: number, side: "tops" | "bottoms") =>
    (layers[layer] ?? []).flatMap((slot, index) =>
      slot[side].filter((pin) => pin.net === net).map(({ offset }) => (lefts[layer]?.[index] ?? 0) + offset),
    );
  const wishes = [
    ...tops.map(({ net, offset }) => mean(columns(net, depth - 1, "bottoms"), current + offset) - offset),
    ...bottoms.map(({ net, offset }) => mean(columns(net, depth + 1, "tops"), current + offset) - offset),
  ];
  return mean(wishes, current);
}

function mean(numbers: readonly number[], otherwise: number): number {
  return numbers.length === 0 ? otherwise : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/**
 * The positions nearest to the wanted ones (least squares) that keep the order and at least the distances of `minimal`.
 * Source: the pool adjacent violators algorithm for isotonic regression.
 */
function nearestInOrder(
  wanted: readonly number[],
  weights: readonly number[],
  minimal: readonly number[],
): number[] {
  const blocks: { sum: number; weight: number; count: number }[] = [];
  for (const [index, want] of wanted.entries()) {
    const weight = weights[index] ?? 1;
    let block = { sum: (want - (minimal[index] ?? 0)) * weight, weight, count: 1 };
    for (
      let last = blocks.at(-1);
      last && last.sum / last.weight > block.sum / block.weight;
      last = blocks.at(-1)
    ) {
      blocks.pop();
      block = {
        sum: last.sum + block.sum,
        weight: last.weight + block.weight,
        count: last.count + block.count,
      };
    }
    blocks.push(block);
  }
  const free = blocks.flatMap(({ sum, weight, count }) => Array.from({ length: count }, () => sum / weight));
  return free.map((position, index) => position + (minimal[index] ?? 0));
}

/** Rounds what is left above the minimum, so that neighbours keep their distance. */
function roundBy(left: number, minimum: number): number {
  return Math.round(left - minimum) + minimum;
}
