import type { ClientCall, CodeFile, NamedPlace, TopicUse } from "../../model/code.ts";
import { isTestFile } from "../../model/test-files.ts";
import { clientCall, targetsOf } from "./calls.ts";
import { readGoRoutes } from "./go/routes.ts";
import { Source, type Span, type Syntax } from "./source.ts";
import { writtenText } from "./written-text.ts";

const syntax: Syntax = { lineComment: "//", blockComments: true, longQuotes: ["`"], quotes: "\"'" };

/** Reads Go: gin, chi, echo, net/http; clients of net/http and resty. Never throws. */
export function parseGo(file: string, text: string): CodeFile {
  const source = new Source(file, text, syntax);
  const isTest = isTestFile(file);
  const { routes, mounts } = isTest ? { routes: [], mounts: [] } : readGoRoutes(source);
  return {
    kind: "code",
    file,
    language: "go",
    isTest,
    routes,
    mounts,
    handlerTables: [],
    handlerBindings: [],
    calls: isTest ? [] : calls(source),
    topics: isTest ? [] : topics(source),
    environment: [...named(source, /\b(?:os|viper)\.(?:Getenv|LookupEnv|BindEnv)\s*\(/g), ...tagged(source)],
    exports: exported(source),
    tests: tests(source),
  };
}

function named(source: Source, pattern: RegExp): NamedPlace[] {
  return [...source.matches(pattern)].flatMap(({ index, end }) => {
    const name = source.literalAt(end)?.content;
    return name === undefined ? [] : [{ name, at: source.at(index) }];
  });
}

/** Fields with a tag: `Port int \`env:"PORT"\``, as caarlos0/env and envconfig read them. */
function tagged(source: Source): NamedPlace[] {
  return [...source.literals].flatMap(({ start, content }) => {
    const name = /^(?:[^\n]*\s)?(?:env|envconfig):"([A-Z][A-Z0-9_]*)[",]/.exec(content)?.[1];
    return name === undefined ? [] : [{ name, at: source.at(start) }];
  });
}

function methodOf(source: Source, span: Span | undefined): string | undefined {
  if (!span) return undefined;
  const named = /^http\.Method(\w+)$/.exec(source.codeOf(span))?.[1];
  return (named ?? writtenText(source, span)?.text)?.toUpperCase();
}

function calls(source: Source): ClientCall[] {
  const requests = [...source.matches(/\bhttp\.NewRequest(WithContext)?\s*\(/g)].flatMap(
    ({ 1: context, index, end }) => {
      const parts = source.parts(end - 1).slice(context ? 1 : 0);
      return clientCall(source, index, methodOf(source, parts[0]), parts[1]) ?? [];
    },
  );
  const direct = [
    ...source.matches(
      /(?<![\w])(http|\w*[cC]lient|resty|R\(\)|req)\s*\.\s*(Get|Post|Put|Patch|Delete|Head|PostForm)\s*\(/g,
    ),
  ].flatMap(({ 1: receiver = "", 2: verb = "", index, end }) => {
    const [first, second] = source.parts(end - 1);
    // Some clients take a context first.
    const isContext = first && /^(?:ctx|\w+\.Context\(\)|context\.\w+\(\))$/.test(source.codeOf(first));
    const found = clientCall(
      source,
      index,
      verb.replace("Form", "").toUpperCase(),
      isContext ? second : first,
    );
    if (!found || (found.path === undefined && receiver !== "http")) return [];
    return [{ ...found, targets: [...found.targets, ...targetsOf(source, receiver)] }];
  });
  return [...requests, ...direct];
}

function topics(source: Source): TopicUse[] {
  const text = (span: Span | undefined) => span && writtenText(source, span)?.text;
  const use = (role: TopicUse["role"], offset: number, topic: string | undefined): TopicUse[] =>
    topic !== undefined && /^[\w.*#{}/:-]+$/.test(topic) ? [{ topic, role, at: source.at(offset) }] : [];
  const structs = [
    ...source.matches(
      /\bkafka\.(Writer|WriterConfig|Message|ReaderConfig|Reader)\s*\{|\bsarama\.(ProducerMessage)\s*\{/g,
    ),
  ].flatMap(({ 1: kind = "", index, end }) => {
    const member = source.member({ start: end - 1, end: source.closing(end - 1) + 1 }, "Topic");
    return use(kind.startsWith("Reader") ? "receives" : "sends", index, text(member));
  });
  const called = [
    ...source.matches(
      /(?<![\w])(?:\w+\.)*(\w+)\.(Publish|PublishWithContext|Subscribe|QueueSubscribe|Consume|QueueBind|ConsumePartition|SubscribeTopics)\s*\(/g,
    ),
  ].flatMap(({ 1: receiver = "", 2: verb = "", index, end }) => {
    if (
      !/(?:ch|channel|nc|js|conn|bus|broker|pub|sub|publisher|subscriber|consumer|producer|client|nats|mq|rabbit)$/i.test(
        receiver,
      )
    )
      return [];
    const parts = source.parts(end - 1);
    const texts = parts.map(text);
    if (verb === "QueueBind") return use("receives", index, texts[1]);
    if (verb === "SubscribeTopics") {
      const [first] = parts;
      const open = first ? source.code.indexOf("{", first.start) : -1;
      return open === -1 ? [] : source.parts(open).flatMap((part) => use("receives", index, text(part)));
    }
    const sends = verb.startsWith("Publish");
    const [first, second] = texts.slice(verb === "PublishWithContext" ? 1 : 0);
    // amqp names the exchange before the key, and takes more than a name and a body.
    return use(sends ? "sends" : "receives", index, sends && parts.length > 3 ? second || first : first);
  });
  return [...structs, ...called];
}

function exported(source: Source): NamedPlace[] {
  return [...source.matches(/^(?:func\s+(?:\([^)]*\)\s*)?|type\s+|var\s+|const\s+)([A-Z]\w*)/gm)].map(
    ({ 1: name = "", index }) => ({ name, at: source.at(index) }),
  );
}

/** `func TestPlacesOrders`, with the `t.Run("…")` in it. */
function tests(source: Source): NamedPlace[] {
  const runs = [...source.matches(/\.Run\s*\(/g)];
  return [...source.matches(/^func\s+Test(\w*)\s*\([^)]*\*testing\.T\s*\)\s*\{/gm)].flatMap(
    ({ 1: name = "", index, end }) => {
      const title = name
        .replace(/_/g, " ")
        .replace(/(?<=[a-z\d])(?=[A-Z])/g, " ")
        .trim();
      const close = source.closing(end - 1);
      const inner = runs
        .filter((run) => run.index > end && run.index < close)
        .flatMap((run) => {
          const inside = source.literalAt(run.end)?.content;
          return inside === undefined ? [] : [{ name: `${title} › ${inside}`, at: source.at(run.index) }];
        });
      return [{ name: title, at: source.at(index) }, ...inner];
    },
  );
}
