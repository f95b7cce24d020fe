import type { Mount, Route } from "../../../model/code.ts";
import type { Source, Span } from "../source.ts";
import { routePath, writtenText } from "../written-text.ts";
import { type Imported, importsOf } from "./imports.ts";

const methods = "get|post|put|patch|delete|options|head|all|del";
/** What a router is made with; the name in front of the assignment is the router. */
const routerMade =
  /(?:\b(?:const|let|var)\s+([\w$]+)\s*(?::[^=;]+)?=|\bexport\s+default)\s*(?:await\s+)?(?:express(?:\.Router)?|Router|[fF]astify|new\s+(?:Hono|OpenAPIHono|Router|Elysia|Koa)|polka|createRouter)\s*(?:<[^()]*>)?\s*\(/g;
/** Names that routers usually have where they come in as parameters. */
const usualNames = /^(?:app|router|server|fastify|instance|api|routes?|r|f|[\w$]*(?:Router|App|Routes))$/;
const clientMade =
  /\b(?:const|let|var)\s+([\w$]+)\s*(?::[^=;]+)?=\s*(?:await\s+)?(?:axios\.create|got\.extend|ky\.(?:create|extend)|supertest|request|createClient)\b/g;

export interface Routing {
  readonly routes: Route[];
  readonly mounts: Mount[];
}

/** Routes and mounts of Express, Fastify, Hono and routers like theirs. */
export function readRoutes(source: Source): Routing {
  return new RouteReader(source).read();
}

/** Whether a name is that of a router: one that is made in the file, or a name that routers usually have. */
export function isRouter(source: Source, name: string): boolean {
  return usualNames.test(name) || [...source.matches(routerMade)].some(({ 1: made }) => made === name);
}

class RouteReader {
  readonly #source: Source;
  readonly #routes: Route[] = [];
  readonly #mounts: Mount[] = [];
  readonly #imports: ReadonlyMap<string, Imported>;
  readonly #routers = new Set<string>();
  readonly #clients: ReadonlySet<string>;
  /** Prefixes of plugins that are written where they are registered. */
  readonly #inline: { readonly span: Span; readonly prefix: string }[] = [];
  readonly #bases = new Map<string, string>();

  constructor(source: Source) {
    this.#source = source;
    this.#imports = importsOf(source);
    this.#clients = new Set([...source.matches(clientMade)].map(({ 1: name = "" }) => name));
  }

  read(): Routing {
    const made = [...this.#source.matches(routerMade)];
    for (const { 1: name = "default" } of made) this.#routers.add(name);
    for (const { 1: name = "default", end } of made) this.#readBase(this.#source.closing(end - 1) + 1, name);
    this.#readMounts();
    for (const { 1: name = "default", end } of made) this.#readChain(this.#source.closing(end - 1) + 1, name);
    const call = new RegExp(
      `(?<![\\w$.])([\\w$]+(?:\\.[\\w$]+)?)\\s*\\.\\s*(${methods}|route|on)\\s*(?:<[^()]*>)?\\s*\\(`,
      "g",
    );
    for (const { 1: receiver = "", 2: method = "", index, end } of this.#source.matches(call)) {
      const router = receiver.split(".").at(-1) ?? "";
      if (!this.#isRouter(router)) continue;
      if (method === "route") this.#readRouteCall(index, end - 1, router);
      else if (method === "on") this.#readOn(index, end - 1, router);
      else if (!this.#addAt(index, end - 1, method, router)) continue;
      this.#readChain(this.#source.closing(end - 1) + 1, router);
    }
    return { routes: unique(this.#routes), mounts: this.#mounts };
  }

  #isRouter(name: string): boolean {
    return this.#routers.has(name) || (usualNames.test(name) && !this.#clients.has(name));
  }

  /** `router.get("/x", handler)`; a call with one argument reads a setting, or is no route. */
  #addAt(offset: number, open: number, method: string, router: string): boolean {
    const [first, second] = this.#source.parts(open);
    if (!first || !second) return false;
    const paths = this.#pathsOf(first);
    for (const path of paths) this.#add(offset, method, path, router);
    return paths.length > 0;
  }

  #pathsOf(span: Span): string[] {
    const start = this.#source.skipBlanks(span.start);
    const spans = this.#source.code[start] === "[" ? this.#source.parts(start) : [span];
    return spans.flatMap((one) => {
      const written = writtenText(this.#source, one)?.text;
      return written !== undefined && /^(?:[/*]|$)/.test(written) ? [written] : [];
    });
  }

  #add(offset: number, method: string, path: string, router: string): void {
    const around = this.#inline.filter(({ span }) => span.start <= offset && offset < span.end);
    const prefixes = around.map(({ prefix }) => prefix);
    const upper = method === "all" ? "ANY" : method === "del" ? "DELETE" : method.toUpperCase();
    this.#routes.push({
      method: upper,
      path: routePath(...prefixes, this.#bases.get(router) ?? "", path),
      router: around.length > 0 ? "" : router,
      at: this.#source.at(offset),
    });
  }

  /** Hono: `new Hono().basePath("/api")`. */
  #readBase(from: number, router: string): void {
    const match = /^\s*\.\s*basePath\s*\(/.exec(this.#source.code.slice(from, from + 200));
    const [first] = match ? this.#source.parts(from + match[0].length - 1) : [];
    const base = first && writtenText(this.#source, first)?.text;
    if (base !== undefined) this.#bases.set(router, base);
  }

  /** `.get("/a", handler).post("/b", handler)` after a router or a route. */
  #readChain(from: number, router: string, path?: string): void {
    const pattern = new RegExp(`\\s*\\.\\s*(${methods}|basePath|use)\\s*(?:<[^()]*>)?\\s*\\(`, "y");
    for (let at = from; ; ) {
      pattern.lastIndex = at;
      const match = pattern.exec(this.#source.code);
      if (!match) return;
      const open = at + match[0].length - 1;
      const [, method = ""] = match;
      if (method !== "use" && method !== "basePath") {
        if (path === undefined) this.#addAt(at + match[0].indexOf("."), open, method, router);
        else this.#add(at + match[0].indexOf("."), method, path, router);
      }
      at = this.#source.closing(open) + 1;
    }
  }

  /** Express: `router.route("/x").get(…)`; Fastify: `app.route({ method, url })`; Hono: `app.route("/x", sub)`. */
  #readRouteCall(offset: number, open: number, router: string): void {
    const [first, second] = this.#source.parts(open);
    if (!first) return;
    if (this.#source.code[this.#source.skipBlanks(first.start)] === "{") {
      const url = this.#source.member(first, "url", "path");
      const method = this.#source.member(first, "method");
      const path = url && writtenText(this.#source, url)?.text;
      if (path === undefined || !method) return;
      for (const name of this.#source.text.slice(method.start, method.end).matchAll(/["'`](\w+)["'`]/g))
        this.#add(offset, (name[1] ?? "").toLowerCase(), path, router);
      return;
    }
    const path = writtenText(this.#source, first)?.text;
    if (path === undefined) return;
    if (second) this.#mount(path, router, second);
    else this.#readChain(this.#source.closing(open) + 1, router, path);
  }

  /** Hono: `app.on(["GET", "POST"], "/x", handler)`. */
  #readOn(offset: number, open: number, router: string): void {
    const [first, second] = this.#source.parts(open);
    if (!first || !second) return;
    const names = [...this.#source.text.slice(first.start, first.end).matchAll(/["'`]([A-Z]+)["'`]/g)];
    for (const path of this.#pathsOf(second))
      for (const [, name = ""] of names) this.#add(offset, name.toLowerCase(), path, router);
  }

  #readMounts(): void {
    for (const { 1: parent = "", 2: kind, end } of this.#source.matches(
      /(?<![\w$])([\w$]+)\s*\.\s*(use|register)\s*(?:<[^()]*>)?\s*\(/g,
    )) {
      if (!this.#isRouter(parent)) continue;
      const parts = this.#source.parts(end - 1);
      const [first, ...rest] = parts;
      if (!first) continue;
      if (kind === "register") this.#readRegister(parent, first, rest[0]);
      else {
        const prefix = writtenText(this.#source, first)?.text;
        for (const part of prefix === undefined ? parts : rest) this.#mount(prefix ?? "", parent, part);
      }
    }
  }

  /** Fastify: `app.register(plugin, { prefix: "/v1" })`. */
  #readRegister(parent: string, plugin: Span, options: Span | undefined): void {
    const member = options && this.#source.member(options, "prefix");
    const prefix = (member && writtenText(this.#source, member)?.text) ?? "";
    const code = this.#source.codeOf(plugin);
    const isInline = /^(?:async\s+)?(?:function\b|\(|[\w$]+\s*=>)/.test(code);
    if (!isInline) this.#mount(prefix, parent, plugin);
    else {
      this.#inline.push({ span: plugin, prefix });
      const parameter = /^(?:async\s+)?(?:function\s*[\w$]*\s*)?\(?\s*([\w$]+)/.exec(code)?.[1];
      if (parameter !== undefined) this.#routers.add(parameter);
    }
  }

  #mount(prefix: string, parent: string, part: Span): void {
    const code = this.#source.codeOf(part);
    const name = /^(?:await\s+)?([\w$]+)/.exec(code)?.[1];
    if (name === undefined) return;
    const loaded = /^(?:await\s+)?(?:import|require)\s*\(/.exec(code);
    const literal = loaded && this.#source.literalAt(this.#source.code.indexOf("(", part.start) + 1);
    const imported = this.#imports.get(name);
    const from = literal?.content ?? imported?.from;
    const isOwn = this.#routers.has(name) || this.#declares(name);
    if (from === undefined ? !isOwn : !from.startsWith(".")) return;
    const member = /^[\w$]+\s*\.\s*([\w$]+)/.exec(code)?.[1];
    const child = imported?.name === "*" && member !== undefined ? member : (imported?.name ?? name);
    this.#mounts.push({
      prefix: routePath(this.#bases.get(parent) ?? "", prefix),
      parent,
      child: literal ? "default" : child,
      from,
    });
  }

  /** A function of this file that takes a router, as Fastify's plugins do. */
  #declares(name: string): boolean {
    return new RegExp(
      `\\b(?:function\\s+${name.replace(/\$/g, "\\$")}\\b|(?:const|let)\\s+${name.replace(/\$/g, "\\$")}\\b)`,
    ).test(this.#source.code);
  }
}

function unique(routes: readonly Route[]): Route[] {
  const key = ({ method, path, at }: Route) => `${method} ${path} ${at.line}:${at.column}`;
  return [...new Map(routes.map((route) => [key(route), route])).values()];
}
