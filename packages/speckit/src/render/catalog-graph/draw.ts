import stringWidth from "fast-string-width";
import { groupBy } from "../../model/group-by.ts";
import { Canvas } from "./canvas.ts";
import type { Pin, Placed } from "./pins.ts";
import { assignTracks } from "./tracks.ts";

/** Draws layers of boxes with their lines between them, the first layer on top. */
export function drawLayers(layers: readonly (readonly Placed[])[]): string {
  const canvas = new Canvas();
  let row = 0;
  for (const [depth, layer] of layers.entries()) {
    for (const placed of layer) drawSlot(canvas, row, placed);
    row = drawLines(canvas, row + 3, layer, layers[depth + 1] ?? []);
  }
  return canvas.toString();
}

function drawSlot(canvas: Canvas, row: number, { slot, left, width, tops, bottoms }: Placed): void {
  if (slot.kind === "wire") {
    canvas.vertical(slot.net, left, row, row + 2);
    return;
  }
  const padding = width - 2 - stringWidth(slot.name);
  const before = Math.floor(padding / 2);
  canvas.text(row, left, `┌${border(left, width, tops, "▼")}┐`);
  canvas.text(row + 1, left, `│${" ".repeat(before)}${slot.name}${" ".repeat(padding - before)}│`);
  canvas.text(row + 2, left, `└${border(left, width, bottoms, "┬")}┘`);
}

function border(left: number, width: number, pins: readonly Pin[], mark: string): string {
  const columns = new Set(pins.map(({ column }) => column - left - 1));
  return Array.from({ length: width - 2 }, (_, index) => (columns.has(index) ? mark : "─")).join("");
}

/** Draws what stands between two layers: labels, a row for each bend, and a last row in front of the arrows. Returns the row behind it. */
function drawLines(canvas: Canvas, row: number, upper: readonly Placed[], lower: readonly Placed[]): number {
  const leaving = upper.flatMap(({ bottoms }) => bottoms);
  const entering = groupBy(
    lower.flatMap(({ tops }) => tops),
    ({ net }) => net,
  );
  const nets = [...groupBy(leaving, ({ net }) => net)].map(([net, pins]) => ({
    net,
    tops: pins.map(({ column }) => column),
    bottoms: (entering.get(net) ?? []).map(({ column }) => column),
  }));
  if (nets.length === 0) return row;
  const tracks = assignTracks(nets);
  const labelRows = leaving.some(({ label }) => label !== "") ? 1 : 0;
  const bends = Math.max(0, ...tracks.map((track) => (track ?? -1) + 1));
  const end = row + Math.max(1, labelRows + bends + Math.min(bends, 1));
  const bent = nets.flatMap((net, index) => {
    const track = tracks[index];
    return track === undefined ? [] : [{ ...net, at: row + labelRows + track }];
  });
  for (const { net, tops, bottoms, at } of bent)
    canvas.horizontal(net, at, Math.min(...tops, ...bottoms), Math.max(...tops, ...bottoms));
  for (const { net, tops, bottoms, at } of bent) {
    for (const column of tops) canvas.vertical(net, column, row, at, { bottom: true });
    for (const column of bottoms) canvas.vertical(net, column, at, end - 1, { top: true });
  }
  for (const [index, { net, tops }] of nets.entries())
    if (tracks[index] === undefined) for (const column of tops) canvas.vertical(net, column, row, end - 1);
  for (const { column, label } of leaving) canvas.text(row, column + 2, label);
  return end;
}
