import type { Mount, Route } from "../../../model/code.ts";
import type { Source, Span } from "../source.ts";
import { routePath, writtenText } from "../written-text.ts";

const verbs = "GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|Any|Get|Post|Put|Patch|Delete|Head|Options";

/** A function that is written where a router takes it: its parameter is a router below the prefix. */
interface Scope extends Span {
  readonly prefix: string;
}

/** Routes of gin, echo, chi, gorilla and net/http. */
export function readGoRoutes(source: Source): { routes: Route[]; mounts: Mount[] } {
  return new GoRoutes(source).read();
}

class GoRoutes {
  readonly #source: Source;
  readonly #functions: readonly (Span & { readonly name: string })[];
  readonly #scopes: Scope[] = [];
  readonly #routes: Route[] = [];
  readonly #mounts: Mount[] = [];

  constructor(source: Source) {
    this.#source = source;
    this.#functions = [...source.matches(/^func\s+(?:\([^)]*\)\s*)?(\w+)\s*\([^{]*?\{/gm)].map(
      ({ 1: name = "", end }) => ({ name, start: end - 1, end: source.closing(end - 1) }),
    );
  }

  read(): { routes: Route[]; mounts: Mount[] } {
    this.#readGroups();
    this.#readVerbs();
    this.#readHandles();
    return { routes: this.#routes, mounts: this.#mounts };
  }

  #text(span: Span | undefined): string | undefined {
    return span && writtenText(this.#source, span)?.text;
  }

  /** A router of one function is none of another's, whatever both call it. */
  #router(name: string, offset: number): string {
    const around = this.#functions.find(({ start, end }) => start <= offset && offset < end);
    return around ? `${around.name}/${name}` : name;
  }

  #prefixAt(offset: number): string {
    const around = this.#scopes.filter(({ start, end }) => start <= offset && offset < end);
    return around.map(({ prefix }) => prefix).join("/");
  }

  /** `v1 := r.Group("/v1")`, `r.Route("/orders", func(r chi.Router) { … })`, `r.Mount("/admin", adminRouter())`. */
  #readGroups(): void {
    const source = this.#source;
    for (const { 1: child, 2: parent = "", index, end } of source.matches(
      /(?:(\w+)\s*:?=\s*)?(?<![\w.])(\w+)\.(?:Group|Route|Mount|PathPrefix)\s*\(/g,
    )) {
      const [first, second] = source.parts(end - 1);
      const written = this.#text(first);
      if (written === undefined) continue;
      const prefix = `${this.#prefixAt(index)}/${written}`;
      const taken = second ? source.codeOf(second) : "";
      if (/^func\b/.test(taken) && second) this.#scopes.push({ ...second, prefix: written });
      else if (/\.Mount\s*\($/.test(source.code.slice(index, end))) {
        const name = /(\w+)\s*(?:\(|$)/.exec(taken)?.[1];
        const isCall = taken.includes("(");
        if (name !== undefined)
          this.#mounts.push({
            prefix,
            parent: this.#router(parent, index),
            child: isCall ? `${name}/` : this.#router(name, index),
            from: undefined,
          });
      } else if (child !== undefined)
        this.#mounts.push({
          prefix,
          parent: this.#router(parent, index),
          child: this.#router(child, index),
          from: undefined,
        });
    }
    this.#readHandedOver();
  }

  /** `registerOrders(v1)`: a function of the program takes a router as its parameter. */
  #readHandedOver(): void {
    const source = this.#source;
    const taking = /^func\s+(?:\([^)]*\)\s*)?(\w+)\s*\(([^)]*)\)/gm;
    for (const { 1: name = "", 2: parameters = "" } of source.matches(taking)) {
      const parameter =
        /(\w+)\s+\*?(?:gin\.(?:RouterGroup|Engine|IRouter)|echo\.(?:Group|Echo)|chi\.Router|mux\.Router|http\.ServeMux)/.exec(
          parameters,
        )?.[1];
      if (parameter !== undefined)
        this.#mounts.push({
          prefix: "",
          parent: `${name}()`,
          child: `${name}/${parameter}`,
          from: undefined,
        });
    }
    for (const { 1: name = "", index, end } of source.matches(/(?<![\w])(?:\w+\.)?([A-Za-z]\w*)\s*\(/g)) {
      if (/\bfunc\s+$/.test(source.code.slice(Math.max(0, index - 8), index))) continue;
      for (const part of source.parts(end - 1)) {
        const argument = source.codeOf(part);
        const group = /^(\w+)\.Group\s*\(/.exec(argument)?.[1];
        const prefix =
          group === undefined ? "" : this.#text(source.parts(source.code.indexOf("(", part.start))[0]);
        const router = group ?? argument;
        if (/^\w+$/.test(router) && prefix !== undefined && isRouterName(router))
          this.#mounts.push({
            prefix,
            parent: this.#router(router, index),
            child: `${name}()`,
            from: undefined,
          });
      }
    }
  }

  #readVerbs(): void {
    const source = this.#source;
    const pattern = new RegExp(`(?<![\\w.])(\\w+)((?:\\.\\w+\\([^()]*\\))*)\\s*\\.(${verbs})\\s*\\(`, "g");
    for (const { 1: name = "", 3: verb = "", index, end } of source.matches(pattern)) {
      const [first, second] = source.parts(end - 1);
      const path = this.#text(first);
      if (path === undefined || !second || !/^(?:\/|$)/.test(path) || !this.#isRouter(name, verb)) continue;
      this.#add(verb === "Any" ? "ANY" : verb.toUpperCase(), path, name, index);
    }
  }

  /** A client has `Get` and `Post` too. */
  #isRouter(name: string, verb: string): boolean {
    return verb === verb.toUpperCase() || !/^(?:http|\w*[cC]lient|resty|req)$/.test(name);
  }

  /** `r.Handle("GET", "/x", h)`, `e.Add("GET", "/x", h)`, `mux.HandleFunc("GET /x", h)`, `r.HandleFunc("/x", h).Methods("GET")`. */
  #readHandles(): void {
    const source = this.#source;
    for (const { 1: name = "", index, end } of source.matches(
      /(?<![\w.])(\w+)\.(?:Handle|HandleFunc|Add|Method|MethodFunc)\s*\(/g,
    )) {
      const parts = source.parts(end - 1);
      const [first, second] = parts.map((part) => this.#text(part) ?? goMethod(source.codeOf(part)));
      if (first !== undefined && /^[A-Z]+$/.test(first) && second?.startsWith("/"))
        this.#add(first, second, name, index);
      else if (first !== undefined && parts.length > 1) {
        const match = /^(?:([A-Z]+)\s+)?[\w.-]*(\/.*)$/.exec(first);
        if (!match) continue;
        const after = source.code.slice(source.closing(end - 1) + 1);
        const chained = /^\s*\.Methods\s*\(/.exec(after);
        const open = source.closing(end - 1) + (chained?.[0].length ?? 0);
        const methods = chained
          ? source.parts(open).flatMap((part) => this.#text(part) ?? goMethod(source.codeOf(part)) ?? [])
          : [match[1] ?? "ANY"];
        for (const method of methods)
          this.#add(method.toUpperCase(), (match[2] ?? "").replace("{$}", ""), name, index);
      }
    }
  }

  #add(method: string, path: string, name: string, offset: number): void {
    this.#routes.push({
      method,
      path: routePath(this.#prefixAt(offset), path),
      router: this.#router(name, offset),
      at: this.#source.at(offset),
    });
  }
}

function goMethod(code: string): string | undefined {
  return /^http\.Method(\w+)$/.exec(code)?.[1]?.toUpperCase();
}

function isRouterName(name: string): boolean {
  return /^(?:r|e|g|v\d+|api|app|mux|router|engine|group|server|\w*(?:Router|Group|Routes|Api|API|V\d+))$/.test(
    name,
  );
}
