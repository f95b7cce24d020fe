import type { ClientCall, CodeFile, Mount, NamedPlace, Route, TopicUse } from "../../model/code.ts";
import { isTestFile } from "../../model/test-files.ts";
import { clientCall, targetsOf } from "./calls.ts";
import { readDjango } from "./python/django.ts";
import { readEnvironment } from "./python/environment.ts";
import { pythonImports } from "./python/imports.ts";
import { Source, type Span, type Syntax } from "./source.ts";
import { routePath, type WrittenText, writtenText } from "./written-text.ts";

const syntax: Syntax = { lineComment: "#", blockComments: false, longQuotes: ['"""', "'''"], quotes: "\"'" };

/** Reads Python: FastAPI, Flask, Django; requests, httpx, aiohttp. Never throws. */
export function parsePython(file: string, text: string): CodeFile {
  const source = new Source(file, text, syntax);
  const isTest = isTestFile(file);
  const django = isTest ? { routes: [], mounts: [] } : readDjango(source);
  return {
    kind: "code",
    file,
    language: "python",
    isTest,
    routes: isTest ? [] : [...decorated(source), ...added(source), ...django.routes],
    mounts: isTest ? [] : [...ownPrefixes(source), ...included(source), ...django.mounts],
    handlerTables: [],
    handlerBindings: isTest ? [] : handlerBindings(source),
    calls: isTest ? [] : calls(source),
    topics: isTest ? [] : topics(source),
    environment: readEnvironment(source),
    exports: exported(source),
    tests: tests(source),
  };
}

/** connexion looks functions up by operationId. */
function handlerBindings(source: Source): string[] {
  return /^\s*(?:import|from)\s+connexion\b/m.test(source.code) && /\.add_api\s*\(/.test(source.code)
    ? ["*"]
    : [];
}

/** `@app.get("/x")`, `@bp.route("/x", methods=["GET"])`. */
function decorated(source: Source): Route[] {
  const pattern =
    /^[ \t]*@([A-Za-z_][\w.]*)\.(get|post|put|patch|delete|options|head|route|api_route|websocket)\s*\(/gm;
  return [...source.matches(pattern)].flatMap(({ 1: receiver = "", 2: verb = "", index, end }) => {
    const [first] = source.parts(end - 1);
    const path = first && writtenText(source, source.member(first, "path", "rule") ?? first)?.text;
    if (path === undefined || verb === "websocket") return [];
    const at = source.at(source.code.indexOf("@", index));
    const methods = verb.endsWith("route") ? methodsIn(source, end - 1) : [verb.toUpperCase()];
    const router = receiver.split(".").at(-1) ?? "";
    return methods.map((method) => ({ method, path: routePath(path), router, at }));
  });
}

function methodsIn(source: Source, open: number): string[] {
  const list = source.parts(open).flatMap((part) => source.member(part, "methods") ?? []);
  const names = list.flatMap(({ start, end }) =>
    [...source.text.slice(start, end).matchAll(/["'](\w+)["']/g)].map(([, name = ""]) => name.toUpperCase()),
  );
  return names.length > 0 ? names : ["GET"];
}

/** `app.add_url_rule("/x", view_func=…, methods=[…])`, `app.add_api_route("/x", …)`. */
function added(source: Source): Route[] {
  return [...source.matches(/(?<![\w.])(\w+)\.(?:add_url_rule|add_api_route)\s*\(/g)].flatMap(
    ({ 1: router = "", index, end }) => {
      const [first] = source.parts(end - 1);
      const path = first && writtenText(source, first)?.text;
      if (path === undefined) return [];
      return methodsIn(source, end - 1).map((method) => ({
        method,
        path: routePath(path),
        router,
        at: source.at(index),
      }));
    },
  );
}

const prefixNames = ["prefix", "url_prefix"];

/** `APIRouter(prefix="/orders")`, `Blueprint("orders", __name__, url_prefix="/orders")`: a router put below a prefix of its own. */
function ownPrefixes(source: Source): Mount[] {
  return [
    ...source.matches(/^[ \t]*(\w+)\s*(?::[^=\n]+)?=\s*(?:\w+\.)?(APIRouter|Blueprint)\s*\(/gm),
  ].flatMap(({ 1: child = "", 2: made, end }) => {
    const prefix = prefixAmong(source, end - 1);
    return prefix === ""
      ? []
      : [{ prefix, parent: `${child}()`, child, from: undefined, replaceable: made === "Blueprint" }];
  });
}

function prefixAmong(source: Source, open: number): string {
  for (const part of source.parts(open)) {
    const member = source.member(part, ...prefixNames);
    if (member) return writtenText(source, member)?.text ?? "";
  }
  return "";
}

/** `app.include_router(orders.router, prefix="/api")`, `app.register_blueprint(bp, url_prefix="/api")`. */
function included(source: Source): Mount[] {
  const imports = pythonImports(source);
  return [...source.matches(/(?<![\w.])(\w+)\.(?:include_router|register_blueprint|mount)\s*\(/g)].flatMap(
    ({ 1: parent = "", end }): Mount[] => {
      const parts = source.parts(end - 1);
      const literal = parts[0] && writtenText(source, parts[0])?.text;
      const [first] = literal === undefined ? parts : parts.slice(1);
      const names = first ? source.codeOf(first).split(".") : [];
      const [name = ""] = names;
      if (name === "") return [];
      const imported = imports.get(name);
      const prefix = literal ?? prefixAmong(source, end - 1);
      if (!imported) return [{ prefix, parent, child: name, from: undefined }];
      // `from app.routes import orders` takes a module, `orders.router` a name in it.
      return names.length > 1
        ? [{ prefix, parent, child: names[1] ?? "", from: imported.module }]
        : [{ prefix, parent, child: imported.name, from: imported.from }];
    },
  );
}

const clientMade =
  /(?:(?:self\.)?(\w+)\s*(?::[^=\n]+)?=\s*|\bas\s+)?(?:httpx\.(?:Async)?Client|requests\.Session|(?:aiohttp\.)?ClientSession)\s*\(/g;

function calls(source: Source): ClientCall[] {
  const bases = new Map<string, WrittenText | undefined>();
  for (const { 1: assigned, end } of source.matches(clientMade)) {
    const close = source.closing(end - 1);
    const name = assigned ?? /^\s*as\s+(\w+)/.exec(source.code.slice(close + 1, close + 80))?.[1];
    if (name === undefined) continue;
    const [base] = source.parts(end - 1).flatMap((part) => source.member(part, "base_url") ?? []);
    bases.set(name, base && baseOf(source, base));
  }
  const made = [...bases.keys()].map((name) => `|${name}`).join("");
  const pattern = new RegExp(
    `(?<![\\w])(requests|httpx|\\w*client|\\w*session|http${made})\\.(get|post|put|patch|delete|head|request)\\s*\\(`,
    "g",
  );
  return [...source.matches(pattern)].flatMap(({ 1: receiver = "", 2: verb = "", index, end }) => {
    const [first, second] = source.parts(end - 1);
    if (!first) return [];
    const isNamed = verb === "request";
    const method = isNamed ? writtenText(source, first)?.text.toUpperCase() : verb.toUpperCase();
    const url = isNamed ? second : first;
    const found = clientCall(
      source,
      index,
      method,
      url && (source.member(url, "url") ?? url),
      bases.get(receiver),
    );
    const isKnown = bases.has(receiver) || receiver === "requests" || receiver === "httpx";
    return found && (isKnown || found.path !== undefined)
      ? [{ ...found, targets: [...found.targets, ...targetsOf(source, receiver)] }]
      : [];
  });
}

function baseOf(source: Source, span: Span): WrittenText {
  return writtenText(source, span) ?? { text: "{}", holes: [source.text.slice(span.start, span.end).trim()] };
}

function topics(source: Source): TopicUse[] {
  const use = (role: TopicUse["role"], offset: number, spans: readonly (Span | undefined)[]): TopicUse[] =>
    spans.flatMap((span) => {
      if (!span) return [];
      const start = source.skipBlanks(span.start);
      const list = "[({".includes(source.code[start] ?? " ") ? source.parts(start) : [span];
      return list.flatMap((one) => {
        const topic = writtenText(source, one)?.text;
        return topic !== undefined && /^[\w.*#{}/:-]+$/.test(topic)
          ? [{ topic, role, at: source.at(offset) }]
          : [];
      });
    });
  const sent = [
    ...source.matches(
      /(?<![\w])(?:self\.)?_?\w*(?:producer|publisher|bus|broker|exchange|channel|nats|nc|js)\.(?:send|send_and_wait|produce|publish|basic_publish)\s*\(/gi,
    ),
  ].flatMap(({ index, end }) => {
    const parts = source.parts(end - 1);
    const named = parts.flatMap((part) => source.member(part, "routing_key", "topic", "subject") ?? []);
    return use("sends", index, named.length > 0 ? named : parts.slice(0, 1));
  });
  const received = [
    ...source.matches(
      /\b(?:KafkaConsumer|AIOKafkaConsumer)\s*\(|(?<![\w])(?:self\.)?_?\w*(?:consumer|subscriber|bus|broker|channel|nats|nc|js|router)\.(?:subscribe(?:r)?|basic_consume|queue_bind)\s*\(/gi,
    ),
  ].flatMap(({ 0: whole, index, end }) => {
    const parts = source.parts(end - 1);
    const named = parts.flatMap(
      (part) => source.member(part, "routing_key", "topics", "queue", "topic") ?? [],
    );
    const positional = parts.filter((part) => !/^\s*\w+\s*=/.test(source.code.slice(part.start, part.end)));
    const first = /Consumer\s*\($/.test(whole) ? positional : positional.slice(0, 1);
    return use("receives", index, named.length > 0 ? named : first);
  });
  return [...sent, ...received];
}

function exported(source: Source): NamedPlace[] {
  return [...source.matches(/^(?:async\s+)?(?:def|class)\s+([A-Za-z]\w*)/gm)].map(
    ({ 1: name = "", index }) => ({
      name,
      at: source.at(index),
    }),
  );
}

/** `def test_orders_are_placed`, in the class `TestOrders`. */
function tests(source: Source): NamedPlace[] {
  let group = "";
  const found: NamedPlace[] = [];
  for (const { 1: indent = "", 2: word, 3: name = "", index } of source.matches(
    /^([ \t]*)(?:async\s+)?(def|class)\s+(\w+)/gm,
  )) {
    if (word === "class") group = indent === "" ? name : group;
    else if (indent === "" || group.startsWith("Test") || group.endsWith("Test") || group.endsWith("Tests")) {
      if (!name.startsWith("test")) continue;
      const title = name.replace(/^test_?/, "").replaceAll("_", " ");
      found.push({
        name: indent === "" ? title : `${group} › ${title}`,
        at: source.at(index + indent.length),
      });
    }
    if (word === "def" && indent === "") group = "";
  }
  return found;
}
