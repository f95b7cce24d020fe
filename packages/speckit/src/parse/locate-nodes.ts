import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, type ScalarEvent } from "js-yaml";
import { findNodeAtLocation, type Node as JsonNode, parseTree } from "jsonc-parser";
import { splitPointer } from "./pointer.ts";
import { isJsonText } from "./tree.ts";

/** Pointers arranged as a tree, so that one pass over the text finds them all. */
interface Wanted {
  pointer: string | undefined;
  readonly children: Map<string, Wanted>;
}

/**
 * Offsets of the nodes that `pointers` name, in a text that `parseTree` could read. A member of a mapping is found at its key, an item of a list at
 * its first character, the document at 0. A pointer that leads nowhere gets the offset of the last node on its way that exists.
 * One pass over the text however many pointers there are. Never throws.
 */
export function locateNodes(file: string, text: string, pointers: Iterable<string>): Map<string, number> {
  const root: Wanted = { pointer: undefined, children: new Map() };
  for (const pointer of pointers) want(root, pointer);
  const found = new Map<string, number>();
  mark(root, 0, found);
  const ways = isJsonText(file, text) ? [locateInJson, locateInJsonc] : [locateInYaml];
  for (const locate of ways) {
    try {
      locate(text, root, found);
      break;
    } catch {
      // Not what it looked like, or nested too deep for the parser: what was found so far is the best answer yet.
    }
  }
  return found;
}

function want(root: Wanted, pointer: string): void {
  let node = root;
  for (const token of splitPointer(pointer)) {
    let child = node.children.get(token);
    if (!child) {
      child = { pointer: undefined, children: new Map() };
      node.children.set(token, child);
    }
    node = child;
  }
  node.pointer = pointer;
}

/** Everything below a node is at least there; a more exact offset replaces it when the pass gets to it. An empty item has no offset of its own. */
function mark(node: Wanted, offset: number, found: Map<string, number>): void {
  if (offset < 0) return;
  if (node.pointer !== undefined) found.set(node.pointer, offset);
  for (const child of node.children.values()) mark(child, offset, found);
}

/** Walks JSON and skips strings and sub-trees nobody asked for without building anything. Throws on what is no JSON. */
function locateInJson(text: string, root: Wanted, found: Map<string, number>): void {
  const scanner = new JsonScanner(text);
  const value = (wanted: Wanted | undefined): void => {
    const open = scanner.next();
    if (!wanted || wanted.children.size === 0 || (open !== BRACE && open !== BRACKET)) {
      scanner.skipValue();
      return;
    }
    scanner.at++;
    for (let index = 0; !scanner.closes(); index++) {
      const start = scanner.at;
      const child = wanted.children.get(open === BRACE ? scanner.key() : String(index));
      if (child) mark(child, start, found);
      value(child);
    }
  };
  value(root);
  if (!Number.isNaN(scanner.next())) throw new Error("something follows the JSON value");
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BRACKET = 91;
const BACKSLASH = 92;
const BRACE = 123;

/** What tells where a value ends; everything between is skipped at once. */
const structural = /["{}[\],]/g;

class JsonScanner {
  at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Code of the next character that is no space; NaN at the end. */
  next(): number {
    while (this.#text.charCodeAt(this.at) <= 32) this.at++;
    return this.#text.charCodeAt(this.at);
  }

  /** Steps over a comma, or over the end of the collection, which it says. */
  closes(): boolean {
    const code = this.next();
    if (code === COMMA) {
      this.at++;
      this.next();
      return false;
    }
    if (code !== BRACE + 2 && code !== BRACKET + 2) return false;
    this.at++;
    return true;
  }

  key(): string {
    const start = this.at;
    this.#skipString();
    const key = JSON.parse(this.#text.slice(start, this.at)) as string;
    if (this.next() !== COLON) throw new Error("no colon after a key");
    this.at++;
    return key;
  }

  skipValue(): void {
    const start = this.at;
    for (let depth = 0; ; ) {
      structural.lastIndex = this.at;
      const found = structural.exec(this.#text);
      if (!found) throw new Error("a value does not end");
      const code = this.#text.charCodeAt(found.index);
      this.at = found.index;
      if (depth === 0 && (code === COMMA || code === BRACE + 2 || code === BRACKET + 2)) break;
      if (code === QUOTE) this.#skipString();
      else this.at++;
      if (code === BRACE || code === BRACKET) depth++;
      else if (code === BRACE + 2 || code === BRACKET + 2) depth--;
      if (depth === 0 && code !== COMMA) break;
    }
    if (this.at === start) throw new Error("a value is missing");
  }

  #skipString(): void {
    const text = this.#text;
    if (text.charCodeAt(this.at) !== QUOTE) throw new Error("no string where one must be");
    let end = text.indexOf('"', this.at + 1);
    while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
    if (end === -1) throw new Error("a string does not end");
    this.at = end + 1;
  }
}

/** An odd number of backslashes stands before it. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text.charCodeAt(start - 1) === BACKSLASH) start--;
  return (at - start) % 2 === 1;
}

/** JSON with comments or trailing commas. */
function locateInJsonc(text: string, root: Wanted, found: Map<string, number>): void {
  const visit = (node: JsonNode | undefined, wanted: Wanted): void => {
    for (const [token, child] of wanted.children) {
      const below = node && findNodeAtLocation(node, [node.type === "array" ? Number(token) : token]);
      if (!below) continue;
      const isMember = below.parent?.type === "property";
      mark(child, isMember ? (below.parent?.offset ?? below.offset) : below.offset, found);
      visit(below, child);
    }
  };
  visit(parseTree(text, [], { allowTrailingComma: true }), root);
}

function locateInYaml(text: string, root: Wanted, found: Map<string, number>): void {
  const events = parseEvents(text, { maxDepth: 1000 });
  let at = 0;
  const startOf = (event: Event | undefined): number => {
    if (!event) return 0;
    if (event.type === EVENT_ID.SCALAR) {
      // Quotes stand before the value.
      const quoted = event.valueStart > 0 && /["']/.test(text.charAt(event.valueStart - 1));
      return quoted ? event.valueStart - 1 : event.valueStart;
    }
    if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING) return event.start;
    return event.type === EVENT_ID.ALIAS ? event.anchorStart : 0;
  };
  const node = (wanted: Wanted | undefined): void => {
    const event = events[at++];
    if (event?.type === EVENT_ID.MAPPING) {
      while (events[at]?.type !== EVENT_ID.POP && at < events.length) {
        const key = events[at];
        const name = key?.type === EVENT_ID.SCALAR ? keyOf(text, key) : undefined;
        const child = name === undefined ? undefined : wanted?.children.get(name);
        if (child) mark(child, startOf(key), found);
        node(undefined);
        node(child);
      }
      at++;
    } else if (event?.type === EVENT_ID.SEQUENCE) {
      for (let index = 0; events[at]?.type !== EVENT_ID.POP && at < events.length; index++) {
        const child = wanted?.children.get(String(index));
        if (child) mark(child, startOf(events[at]), found);
        node(child);
      }
      at++;
    }
  };
  if (events[at]?.type === EVENT_ID.DOCUMENT) at++;
  node(root);
}

/** Plain keys such as `200` or `1.0` are numbers in YAML and become the member names that JavaScript gives them. */
function keyOf(text: string, key: ScalarEvent): string {
  const name = getScalarValue(text, key);
  const isNumber =
    key.style === SCALAR_STYLE.PLAIN && /^[-+]?[\d.]/.test(name) && !Number.isNaN(Number(name));
  return isNumber ? String(Number(name)) : name;
}
