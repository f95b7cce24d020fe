/** A place in a text file. `line` and `column` count from 1, as editors show them. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * A node of a YAML or JSON document, named by its JSON pointer (RFC 6901): `/paths/~1orders/post`; the empty string is the document.
 * Line and column are looked up only when a finding names the node, since most nodes are never named.
 */
export interface NodePlace {
  readonly file: string;
  readonly pointer: string;
}

/** Where something stands: counted already, or still to be looked up. */
export type Place = Location | NodePlace;

/**
 * Turns places into lines and columns, in the order given. A place whose node is gone points to its nearest surviving parent, in a file that is
 * gone to line 1. Many at once, because all nodes of a file are found in one pass over it. Never throws.
 */
export type Locate = (places: readonly Place[]) => Location[];

export function compareLocations(a: Location, b: Location): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column;
}

/** Orders by UTF-16 code units: the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
