import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { load } from "js-yaml";
import { fromOpenApi30 } from "./from-openapi-30.ts";
import { valueAt } from "./resolve.ts";

type Document = Record<string, unknown>;
type Paths = Readonly<Record<string, { readonly $ref?: string }>>;

/** Where in a bundle the files stand that the first one refers to. */
const beside = "x-files";

/**
 * Reads OpenAPI documents into one whose `$ref`s all point into itself: the paths of all files together, and beside them what they refer to. Throws when
 * a file cannot be read or is no YAML.
 */
export function bundle(files: readonly string[]): Document {
  const reader = new BundleReader();
  const [first = {}, ...more] = files.map((file) => reader.read(resolve(file)).value as Document);
  const whole: Document = { ...first, [beside]: reader.others() };
  const paths = [pathsOf(whole, first), ...more.map((document) => alone(pathsOf(whole, document), document))];
  const schemes = [first, ...more].map(
    ({ components }) => (components as Document | undefined)?.securitySchemes,
  );
  return {
    ...whole,
    ...(more.length > 0 && {
      components: {
        ...(first.components as Document | undefined),
        securitySchemes: Object.assign({}, ...schemes.reverse()),
      },
    }),
    paths: Object.assign({}, ...paths),
  };
}

function pathsOf(whole: Document, { paths = {} }: Document): Document {
  const items = Object.entries(paths as Paths).map(([path, item]) => [path, inPlace(whole, item)]);
  return Object.fromEntries(items);
}

/** Paths with what their document says for all of them, which another document may say otherwise. */
function alone(paths: Document, { security, servers }: Document): Document {
  const items = Object.entries(paths as Record<string, Document>).map(([path, item]) => {
    const members = Object.entries(item).map(([name, value]) => {
      const isOperation = typeof value === "object" && value !== null && "responses" in value;
      return [name, isOperation && security !== undefined ? { security, ...value } : value];
    });
    return [path, { ...(servers !== undefined && { servers }), ...Object.fromEntries(members) }];
  });
  return Object.fromEntries(items);
}

/** A path may stand in a file of its own. */
function inPlace(document: Document, { $ref, ...item }: Paths[string]): object {
  return $ref === undefined ? item : { ...valueAt(document, $ref), ...item };
}

interface ReadFile {
  /** What a `$ref` to the root of the file is in the bundle. */
  readonly pointer: string;
  value: unknown;
}

class BundleReader {
  readonly #files = new Map<string, ReadFile>();

  /** All files but the first, in the order in which their pointers count. */
  others(): readonly unknown[] {
    return [...this.#files.values()].slice(1).map(({ value }) => value);
  }

  read(file: string, from = file): ReadFile {
    const known = this.#files.get(file);
    if (known) return known;
    const count = this.#files.size;
    const entry: ReadFile = { pointer: count === 0 ? "#" : `#/${beside}/${count - 1}`, value: undefined };
    // Before its own references are followed: files may refer to each other.
    this.#files.set(file, entry);
    const document = load(textOf(file, from), { filename: file });
    entry.value = this.#pointingInside(fromOpenApi30(document), file, entry.pointer);
    return entry;
  }

  #pointingInside(value: unknown, file: string, root: string): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#pointingInside(item, file, root));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([name, inner]) => [
      name,
      name === "$ref" && typeof inner === "string"
        ? this.#target(inner, file, root)
        : this.#pointingInside(inner, file, root),
    ]);
    return Object.fromEntries(entries);
  }

  #target(ref: string, file: string, root: string): string {
    const [path = "", fragment = ""] = ref.split("#", 2);
    // What is on the network stays there, and resolves to nothing.
    if (/^[a-z][a-z\d+.-]*:/i.test(path)) return ref;
    const target =
      path === "" ? root : this.read(resolve(dirname(file), decodeURIComponent(path)), file).pointer;
    return target + fragment;
  }
}

function textOf(file: string, from: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (file === from) throw error;
    throw new Error(`${from} refers to ${file}, which cannot be read.`);
  }
}
