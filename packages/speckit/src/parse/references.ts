import type { NodePlace } from "../model/location.ts";
import { joinPointer, valueAt } from "./pointer.ts";

/** A node together with where it stands. */
export interface Node {
  readonly value: unknown;
  readonly file: string;
  readonly pointer: string;
}

/** The node below another. Its pointer is put together only when somebody asks, since most nodes are never named. */
export class NodeBelow implements Node {
  readonly file: string;
  readonly value: unknown;
  readonly #parent: Pick<Node, "pointer">;
  readonly #token: string | number;

  constructor(parent: Pick<Node, "file" | "pointer">, token: string | number, value: unknown) {
    this.file = parent.file;
    this.value = value;
    this.#parent = parent;
    this.#token = token;
  }

  get pointer(): string {
    return joinPointer(this.#parent.pointer, this.#token);
  }
}

/** Where a node stands, alone: holding the node itself would keep its whole document. */
export function placeOf({ file, pointer }: Pick<Node, "file" | "pointer">): NodePlace {
  return { file, pointer };
}

export type Resolution =
  | { readonly kind: "found"; readonly node: Node }
  /** The target is in another repository or on the network: nothing is fetched. */
  | { readonly kind: "remote" }
  | { readonly kind: "missing"; readonly reason: string };

/** The value of another file of the tree, or undefined when there is no such file or it cannot be read. */
export type LoadValue = (file: string) => unknown;

/** Follows one `$ref`, as it stands in `from`. Does not follow the target's own `$ref`. Never throws. */
export function resolveReference(ref: string, from: Node, root: unknown, load: LoadValue): Resolution {
  const hash = ref.indexOf("#");
  const path = hash === -1 ? ref : ref.slice(0, hash);
  const fragment = hash === -1 ? "" : decodeReference(ref.slice(hash + 1));
  if (/^[a-z][a-z\d+.-]+:|^\/\//i.test(path)) return { kind: "remote" };
  if (fragment !== "" && !fragment.startsWith("/")) return resolveAnchor(fragment, path, from, root, load);
  const file = path === "" ? from.file : joinPath(from.file, decodeReference(path));
  if (file === undefined) return { kind: "missing", reason: `'${ref}' leads out of the tree` };
  const document = file === from.file ? root : load(file);
  if (document === undefined) return { kind: "missing", reason: `there is no readable file ${file}` };
  const value = valueAt(document, fragment);
  if (value === undefined) return { kind: "missing", reason: `${file} has nothing at '#${fragment}'` };
  return { kind: "found", node: { value, file, pointer: fragment } };
}

/** The node that a chain of `$ref`s ends at; the node itself when it is no reference, or the chain leads nowhere. `rootOf` gives a file's value. */
export function followReferences(node: Node, rootOf: LoadValue): Node {
  let current = node;
  for (let hops = 0; hops < 50; hops++) {
    const { value } = current;
    const $ref = typeof value === "object" && value !== null && "$ref" in value ? value.$ref : undefined;
    if (typeof $ref !== "string") return current;
    const resolution = resolveReference($ref, current, rootOf(current.file), rootOf);
    if (resolution.kind !== "found") return current;
    current = resolution.node;
  }
  return node;
}

/** `$anchor` and `$id` fragments of JSON Schema 2020-12. */
function resolveAnchor(anchor: string, path: string, from: Node, root: unknown, load: LoadValue): Resolution {
  const file = path === "" ? from.file : joinPath(from.file, decodeReference(path));
  const document = file === undefined ? undefined : file === from.file ? root : load(file);
  const pointer = document === undefined ? undefined : findAnchor(document, anchor, "", 0);
  if (file === undefined || pointer === undefined) {
    return { kind: "missing", reason: `there is no $anchor '${anchor}'` };
  }
  return { kind: "found", node: { value: valueAt(document, pointer), file, pointer } };
}

function findAnchor(value: unknown, anchor: string, pointer: string, depth: number): string | undefined {
  if (typeof value !== "object" || value === null || depth > 100) return undefined;
  if ("$anchor" in value && value.$anchor === anchor) return pointer;
  for (const [key, child] of Object.entries(value)) {
    const found = findAnchor(child, anchor, joinPointer(pointer, key), depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Joins a relative path to the folder of `file`; undefined when it leaves the tree. */
export function joinPath(file: string, relative: string): string | undefined {
  const parts = file.split("/").slice(0, -1);
  for (const part of relative.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

/** A part of a reference without its percent signs; as it is, where these stand for nothing. */
export function decodeReference(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
