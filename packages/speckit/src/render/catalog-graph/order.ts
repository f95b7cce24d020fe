import type { Net } from "./nets.ts";
import { enters, leaves, type Slot } from "./slots.ts";

const SWEEPS = 8;

/** Orders the slots within each layer so that few lines cross: each moves to the middle of what it is joined to, then neighbours change places. */
export function orderSlots(layers: readonly (readonly Slot[])[], nets: readonly Net[]): Slot[][] {
  let best = layers.map((slots) => [...slots]);
  let current = best;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    current = sweepOnce(current, nets, sweep % 2 === 0);
    const swapped = swapNeighbours(current, nets);
    if (crossings(swapped, nets) < crossings(best, nets)) best = swapped;
  }
  return swapNeighbours(best, nets);
}

function sweepOnce(layers: readonly Slot[][], nets: readonly Net[], downwards: boolean): Slot[][] {
  const result = layers.map((slots) => [...slots]);
  const depths = layers.map((_, depth) => depth);
  for (const depth of downwards ? depths.slice(1) : depths.slice(0, -1).reverse()) {
    const fixed = result[downwards ? depth - 1 : depth + 1] ?? [];
    const slots = result[depth] ?? [];
    const middles = new Map(
      slots.map((slot, index) => [slot, middleOf(slot, fixed, nets, downwards) ?? index]),
    );
    slots.sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0));
  }
  return result;
}

/** The mean position of what the slot is joined to in the layer above or below; undefined when that is nothing. */
function middleOf(
  slot: Slot,
  fixed: readonly Slot[],
  nets: readonly Net[],
  above: boolean,
): number | undefined {
  const positions = nets.flatMap((net) => {
    if (!(above ? enters : leaves)(net, slot)) return [];
    return fixed.flatMap((other, index) => ((above ? leaves : enters)(net, other) ? [index] : []));
  });
  if (positions.length === 0) return undefined;
  return positions.reduce((sum, position) => sum + position, 0) / positions.length;
}

function swapNeighbours(layers: readonly Slot[][], nets: readonly Net[]): Slot[][] {
  const result = layers.map((slots) => [...slots]);
  for (let improved = true; improved; ) {
    improved = false;
    for (const slots of result) {
      for (let index = 0; index + 1 < slots.length; index++) {
        const before = crossings(result, nets);
        swap(slots, index);
        if (crossings(result, nets) < before) improved = true;
        else swap(slots, index);
      }
    }
  }
  return result;
}

function swap(slots: Slot[], index: number): void {
  const [left, right] = slots.slice(index, index + 2);
  if (left && right) slots.splice(index, 2, right, left);
}

/** How many pairs of lines of different nets cross, were they drawn straight. */
function crossings(layers: readonly (readonly Slot[])[], nets: readonly Net[]): number {
  let count = 0;
  for (const [depth, upper] of layers.entries()) {
    const lower = layers[depth + 1] ?? [];
    const lines = nets.flatMap((net, id) =>
      upper.flatMap((top, from) =>
        leaves(net, top)
          ? lower.flatMap((bottom, to) => (enters(net, bottom) ? [{ id, from, to }] : []))
          : [],
      ),
    );
    for (const [index, a] of lines.entries()) {
      for (const b of lines.slice(index + 1))
        if (a.id !== b.id && (a.from - b.from) * (a.to - b.to) < 0) count++;
    }
  }
  return count;
}
