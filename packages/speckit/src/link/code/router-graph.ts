import type { CodeFile, Mount } from "../../model/code.ts";
import { moduleFinder } from "./modules.ts";

/** A router at one prefix of another. */
interface Edge {
  readonly parent: string;
  readonly prefix: string;
  readonly replaceable: boolean;
}

/** Prefixes beyond these are of no router that a person wrote. */
const MOST_PREFIXES = 8;

/** Which router is mounted where, over all files of one service. */
export class RouterGraph {
  readonly #edges = new Map<string, Edge[]>();
  readonly #everywhere: Mount[] = [];

  constructor(files: readonly CodeFile[]) {
    const findModule = moduleFinder(files);
    for (const file of files) {
      for (const mount of file.mounts) {
        if (mount.parent === undefined) {
          this.#everywhere.push(mount);
          continue;
        }
        const parent = idOf(file, mount.parent);
        const target = mount.from === undefined ? file : findModule(file, mount.from);
        if (!target) continue;
        // What stands between a router and its own prefix is that router.
        const children =
          mount.parent === `${mount.child}()`
            ? [idOf(file, mount.child)]
            : childrenOf(file, target, mount.child);
        for (const child of children) {
          if (child !== parent)
            this.#add(child, { parent, prefix: mount.prefix, replaceable: mount.replaceable === true });
        }
      }
    }
    this.#replacePrefixes();
  }

  /** Everything that may stand before the paths of a router; `[""]` when it is mounted nowhere. */
  prefixesOf(file: CodeFile, router: string): string[] {
    const general = this.#everywhere.filter(({ child }) => child === router).map(({ prefix }) => prefix);
    if (general.length > 0) return general;
    const own = idOf(file, router);
    const ofFunction = /^(\w+)\//.exec(router)?.[1];
    const start = !this.#edges.has(own) && ofFunction !== undefined ? `${ofFunction}/` : own;
    return [...new Set(this.#prefixes(start, new Set()))].slice(0, MOST_PREFIXES);
  }

  #add(child: string, edge: Edge): void {
    this.#edges.set(child, [...(this.#edges.get(child) ?? []), edge]);
  }

  #prefixes(id: string, seen: ReadonlySet<string>): string[] {
    const edges = this.#edges.get(id);
    if (!edges || seen.has(id)) return [""];
    const below = new Set([...seen, id]);
    return edges
      .flatMap(({ parent, prefix }) => this.#prefixes(parent, below).map((above) => `${above}/${prefix}`))
      .slice(0, MOST_PREFIXES);
  }

  /** The prefix that a blueprint is registered with stands for its own. */
  #replacePrefixes(): void {
    for (const [id, edges] of this.#edges) {
      const [own] = edges.filter(({ replaceable }) => replaceable);
      const above = own && this.#edges.get(own.parent)?.filter(({ prefix }) => prefix !== "");
      if (above && above.length > 0) this.#edges.set(id, above);
    }
  }
}

/** Routers of Go are known by the function that they are made in, all others by their file. */
function idOf({ file, language }: CodeFile, router: string): string {
  if (language !== "go") return `${file}#${router}`;
  if (router.endsWith("()") || router.endsWith("/")) return router;
  return `${file.slice(0, file.lastIndexOf("/") + 1)}#${router}`;
}

/** The routers that a mount means: the one of that name, or all of the file that are mounted nowhere in it. */
function childrenOf(from: CodeFile, target: CodeFile, child: string): string[] {
  if (target.language === "go") return [idOf(from, child)];
  const names = new Set([
    ...target.routes.map(({ router }) => router),
    ...target.mounts.flatMap(({ parent, from: module, child: name }) => [
      ...(parent === undefined ? [] : [parent]),
      ...(module === undefined ? [name] : []),
    ]),
  ]);
  if (target.language === "python") {
    // A router with a prefix of its own is mounted with it.
    if (names.has(`${child}()`)) return [idOf(target, `${child}()`)];
    return [idOf(target, child)];
  }
  if (target !== from && names.has(child)) return [idOf(target, child)];
  if (target === from) return [idOf(target, child)];
  const below = new Set(
    target.mounts.filter((mount) => mount.from === undefined).map((mount) => mount.child),
  );
  return [...names].filter((name) => name !== "" && !below.has(name)).map((name) => idOf(target, name));
}
