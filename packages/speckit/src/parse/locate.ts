import { groupBy } from "../model/group-by.ts";
import type { Locate, NodePlace, Place } from "../model/location.ts";
import { locateNodes } from "./locate-nodes.ts";
import { originOf } from "./swagger.ts";
import { lineIndex } from "./text.ts";
import { parseTree } from "./tree.ts";

/** Positions of nodes by pointer; lives as long as the content they were found in. */
export type Positions = Record<string, readonly [line: number, column: number]>;

/**
 * Looks places up in the texts of files. `positionsOf` gives what is known of a file already; what is found is added to it.
 * `learnt` says whether anything was.
 */
export function createLocate(
  textOf: (file: string) => string | undefined,
  positionsOf: (file: string) => Positions | undefined,
): { locate: Locate; learnt: () => boolean } {
  const own = new Map<string, Positions>();
  let learnt = false;
  const remembered = (file: string): Positions => {
    const known = positionsOf(file) ?? own.get(file);
    if (known) return known;
    const fresh: Positions = {};
    own.set(file, fresh);
    return fresh;
  };
  const learn = (file: string, pointers: readonly string[]): void => {
    const known = remembered(file);
    const wanted = pointers.filter((pointer) => !Object.hasOwn(known, pointer));
    if (wanted.length === 0) return;
    const text = textOf(file) ?? "";
    const positionAt = lineIndex(text);
    const origins = originsOf(file, text, wanted);
    const offsets = locateNodes(file, text, origins.values());
    for (const [pointer, origin] of origins) {
      const { line, column } = positionAt(offsets.get(origin) ?? 0);
      known[pointer] = [line, column];
    }
    learnt = true;
  };
  return {
    locate: (places) => {
      for (const [file, nodes] of groupBy(places.filter(isNode), (place) => place.file))
        learn(
          file,
          nodes.map(({ pointer }) => pointer),
        );
      return places.map((place) => {
        if (!isNode(place)) return place;
        const [line, column] = remembered(place.file)[place.pointer] ?? [1, 1];
        return { file: place.file, line, column };
      });
    },
    learnt: () => learnt,
  };
}

/** What each pointer is called in the text itself: Swagger 2.0 is read in the shape of OpenAPI 3. */
function originsOf(file: string, text: string, pointers: readonly string[]): Map<string, string> {
  const value = /\bswagger["']?\s*:\s*["']?2/.test(text) ? parseTree(file, text).value : undefined;
  return new Map(pointers.map((pointer) => [pointer, originOf(value, pointer)]));
}

function isNode(place: Place): place is NodePlace {
  return "pointer" in place;
}
