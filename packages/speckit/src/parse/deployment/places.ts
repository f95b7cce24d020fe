import type { Location } from "../../model/location.ts";
import { locateNodes } from "../locate-nodes.ts";
import { positionOf } from "../text.ts";

/** Finds lines of nodes in a YAML text that begins at `offset` of `whole`: a file may hold several documents. Few are ever asked for. */
export function placesIn(
  file: string,
  whole: string,
  offset: number,
  part = whole,
): (pointer: string) => Location {
  return (pointer) => {
    const within = locateNodes(file, part, [pointer]).get(pointer) ?? 0;
    return { file, ...positionOf(whole, offset + within) };
  };
}
