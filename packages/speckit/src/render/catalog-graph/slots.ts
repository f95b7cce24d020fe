import { groupBy } from "../../model/group-by.ts";
import type { Net } from "./nets.ts";

/** What stands side by side in a layer: the box of a service, or the wire of a net that passes by. */
export type Slot =
  | { readonly kind: "box"; readonly name: string }
  | { readonly kind: "wire"; readonly net: Net };

/** Puts a wire into each layer that a net has to pass between its highest source and its lowest target. */
export function addWires(layers: readonly (readonly string[])[], nets: readonly Net[]): Slot[][] {
  const depthOf = new Map(layers.flatMap((names, depth) => names.map((name) => [name, depth] as const)));
  const depth = (name: string) => depthOf.get(name) ?? 0;
  const wires = nets.flatMap((net) => {
    const top = Math.min(...net.sources.map(({ name }) => depth(name)));
    const bottom = Math.max(...net.targets.map(depth));
    const passed = Array.from({ length: bottom - top - 1 }, (_, index) => top + 1 + index);
    return passed.map((layer) => ({ layer, slot: { kind: "wire" as const, net } }));
  });
  const byLayer = groupBy(wires, ({ layer }) => layer);
  return layers.map((names, layer) => [
    ...names.map((name) => ({ kind: "box" as const, name })),
    ...(byLayer.get(layer) ?? []).map(({ slot }) => slot),
  ]);
}

/** Whether the net goes on downwards from the slot. */
export function leaves(net: Net, slot: Slot): boolean {
  return slot.kind === "wire" ? slot.net === net : net.sources.some(({ name }) => name === slot.name);
}

/** Whether the net comes to the slot from above. */
export function enters(net: Net, slot: Slot): boolean {
  return slot.kind === "wire" ? slot.net === net : net.targets.includes(slot.name);
}
