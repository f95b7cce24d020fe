import type { ClientCall, CodeFile, Mount, NamedPlace, Route, TopicUse } from "../../model/code.ts";
import { clientCall } from "./calls.ts";
import { type Annotation, annotationsBefore, type JavaClass, javaClasses } from "./java/classes.ts";
import { Source, type Span, type Syntax } from "./source.ts";
import { isTestFile } from "./test-files.ts";
import { routePath, writtenText } from "./written-text.ts";

const syntax: Syntax = { lineComment: "//", blockComments: true, longQuotes: ['"""'], quotes: "\"'" };

/** Reads Java and Kotlin: Spring, JAX-RS; RestTemplate, WebClient, Feign. Never throws. */
export function parseJava(file: string, text: string): CodeFile {
  const source = new Source(file, text, syntax);
  const isTest = isTestFile(file);
  const classes = javaClasses(source);
  return {
    kind: "code",
    file,
    language: "java",
    isTest,
    routes: isTest ? [] : classes.flatMap((one) => routesOf(source, one)),
    mounts: isTest ? [] : classes.flatMap((one) => applicationPath(source, one)),
    calls: isTest ? [] : [...calls(source), ...classes.flatMap((one) => feignCalls(source, one))],
    topics: isTest ? [] : topics(source),
    environment: environment(source),
    exports: classes
      .filter(({ isPublic }) => isPublic)
      .map(({ name, offset }) => ({ name, at: source.at(offset) })),
    tests: tests(source, classes),
  };
}

const mappings: Readonly<Record<string, string>> = {
  GetMapping: "GET",
  PostMapping: "POST",
  PutMapping: "PUT",
  PatchMapping: "PATCH",
  DeleteMapping: "DELETE",
  RequestMapping: "ANY",
};
const jaxMethods = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

function has(annotations: readonly Annotation[], ...names: readonly string[]): Annotation | undefined {
  return annotations.find(({ name }) => names.includes(name));
}

/** Texts of an annotation: `@X("/a")`, `@X({"/a", "/b"})`, `@X(value = "/a")`. */
function textsOf(
  source: Source,
  annotation: Annotation | undefined,
  ...members: readonly string[]
): string[] {
  if (!annotation || annotation.open === undefined) return [];
  const parts = source.parts(annotation.open);
  const named = parts.flatMap((part) => source.member(part, ...members) ?? []);
  const isPlain = (part: Span) => !/^\s*\w+\s*=(?!=)/.test(source.code.slice(part.start, part.end));
  return [...named, ...parts.filter(isPlain)].flatMap((part) => {
    const start = source.skipBlanks(part.start);
    const list = "{[".includes(source.code[start] ?? " ") ? source.parts(start) : [part];
    return list.flatMap((one) => writtenText(source, one)?.text ?? []);
  });
}

function routesOf(source: Source, { annotations, body, name }: JavaClass): Route[] {
  if (has(annotations, "FeignClient", "RegisterRestClient", "HttpExchange")) return [];
  const spring = has(annotations, "RestController", "Controller", "RequestMapping");
  const path = has(annotations, "Path");
  if (!spring && !path) return [];
  const prefixes = spring
    ? textsOf(source, has(annotations, "RequestMapping"), "value", "path")
    : textsOf(source, path, "value");
  const router = path ? "@Path" : name;
  return methodsIn(source, body).flatMap(({ annotations: own, offset }) =>
    operationsOf(source, own, spring !== undefined).flatMap(({ method, path: rest }) =>
      (prefixes.length > 0 ? prefixes : [""]).map((prefix) => ({
        method,
        path: routePath(prefix, rest),
        router,
        at: source.at(offset),
      })),
    ),
  );
}

/** Groups of annotations that stand before one method each. */
function methodsIn(source: Source, body: Span): { annotations: Annotation[]; offset: number }[] {
  const groups: { annotations: Annotation[]; offset: number }[] = [];
  for (let at = body.start + 1; at < body.end; at++) {
    const letter = source.code[at] ?? "";
    if (letter === "{") at = source.closing(at);
    else if (letter === "@") {
      const { annotations, end } = annotationsBefore(source, at);
      groups.push({ annotations, offset: at });
      at = end - 1;
    } else if (letter === "(") at = source.closing(at);
  }
  return groups;
}

function operationsOf(
  source: Source,
  own: readonly Annotation[],
  isSpring: boolean,
): { method: string; path: string }[] {
  if (!isSpring) {
    const path = textsOf(source, has(own, "Path"), "value")[0] ?? "";
    return own.filter(({ name }) => jaxMethods.test(name)).map(({ name }) => ({ method: name, path }));
  }
  return own.flatMap((annotation) => {
    const usual = mappings[annotation.name];
    if (usual === undefined) return [];
    const code =
      annotation.open === undefined
        ? ""
        : source.code.slice(annotation.open, source.closing(annotation.open));
    const named =
      usual === "ANY"
        ? [...code.matchAll(/RequestMethod\.(\w+)|(?<=[\s={,[])(GET|POST|PUT|PATCH|DELETE)\b/g)]
        : [];
    const methods = named.length > 0 ? named.map(([, a, b]) => a ?? b ?? "") : [usual];
    const paths = textsOf(source, annotation, "value", "path");
    return methods.flatMap((method) => (paths.length > 0 ? paths : [""]).map((path) => ({ method, path })));
  });
}

/** JAX-RS: `@ApplicationPath("/api")` goes before all of the service. */
function applicationPath(source: Source, { annotations }: JavaClass): Mount[] {
  return textsOf(source, has(annotations, "ApplicationPath"), "value").map((prefix) => ({
    prefix: routePath(prefix),
    parent: undefined,
    child: "@Path",
    from: undefined,
  }));
}

function calls(source: Source): ClientCall[] {
  const verbs: Readonly<Record<string, string | undefined>> = {
    getForObject: "GET",
    getForEntity: "GET",
    postForObject: "POST",
    postForEntity: "POST",
    postForLocation: "POST",
    put: "PUT",
    delete: "DELETE",
    patchForObject: "PATCH",
    exchange: undefined,
  };
  const template = [
    ...source.matches(
      /(?<![\w.])\w*(?:restTemplate|RestTemplate|restOperations)\s*\.\s*(\w+)\s*(?:<[^()]*>)?\s*\(/g,
    ),
  ].flatMap(({ 1: verb = "", index, end }) => {
    if (!(verb in verbs)) return [];
    const [first, second] = source.parts(end - 1);
    const method = verbs[verb] ?? /HttpMethod\.(\w+)/.exec(second ? source.codeOf(second) : "")?.[1];
    return clientCall(source, index, method, first) ?? [];
  });
  const fluent = [...source.matches(/\.\s*(get|post|put|patch|delete)\s*\(\s*\)\s*\.\s*uri\s*\(/g)].flatMap(
    ({ 1: verb = "", index, end }) => {
      const [first] = source.parts(end - 1);
      const receiver = /([A-Za-z_]\w*)\s*$/.exec(source.code.slice(Math.max(0, index - 60), index))?.[1];
      const base = receiver === undefined ? undefined : { text: "{}", holes: [receiver] };
      return clientCall(source, index, verb.toUpperCase(), first, base) ?? [];
    },
  );
  const plain = [...source.matches(/\bHttpRequest\s*\.\s*newBuilder\s*\(/g)].flatMap(({ index, end }) => {
    const close = source.closing(end - 1);
    const rest = source.code.slice(close, close + 600);
    const [own] = source.parts(end - 1);
    const uri = /\.\s*uri\s*\(/.exec(rest);
    const span = own ?? (uri ? source.parts(close + uri.index + uri[0].length - 1)[0] : undefined);
    const method =
      /\.\s*(GET|POST|PUT|DELETE)\s*\(/.exec(rest.slice(0, rest.indexOf(";") + 1 || undefined))?.[1] ?? "GET";
    return clientCall(source, index, method, span) ?? [];
  });
  return [...template, ...fluent, ...plain];
}

/** Interfaces that stand for another service: Feign's, and MicroProfile's rest clients. */
function feignCalls(source: Source, { annotations, body, name }: JavaClass): ClientCall[] {
  const client = has(annotations, "FeignClient", "RegisterRestClient", "HttpExchange");
  if (!client) return [];
  const targets = [
    ...textsOf(source, client, "name", "value", "configKey"),
    ...textsOf(source, client, "url", "baseUri").map((url) =>
      url.replace(/^https?:\/\//, "").replace(/[:/].*$/, ""),
    ),
    name.replace(/(?:Rest)?Client$/, ""),
  ];
  const path = has(annotations, "Path", "RequestMapping");
  const prefix = textsOf(source, path, "value", "path")[0] ?? textsOf(source, client, "path")[0] ?? "";
  const isSpring = client.name === "FeignClient";
  return methodsIn(source, body).flatMap(({ annotations: own, offset }) =>
    operationsOf(source, own, isSpring).map(({ method, path: rest }) => ({
      method: method === "ANY" ? undefined : method,
      path: routePath(prefix, rest).replace(/\{\w+\}/g, "{}"),
      targets,
      at: source.at(offset),
    })),
  );
}

function topics(source: Source): TopicUse[] {
  const text = (span: Span | undefined) => span && writtenText(source, span)?.text;
  const use = (role: TopicUse["role"], offset: number, topic: string | undefined): TopicUse[] =>
    topic !== undefined && /^[\w.*#{}/:-]+$/.test(topic) ? [{ topic, role, at: source.at(offset) }] : [];
  const listened = [
    ...source.matches(/@(KafkaListener|RabbitListener|Incoming|JmsListener|SqsListener)\s*\(/g),
  ].flatMap(({ 1: name = "", index, end }) => {
    const annotation = { name, open: end - 1 };
    const topics = textsOf(source, annotation, "topics", "queues", "value", "destination");
    return topics.flatMap((topic) => use("receives", index, topic));
  });
  const outgoing = [...source.matches(/@(?:Outgoing|Channel)\s*\(/g)].flatMap(({ index, end }) =>
    use("sends", index, source.literalAt(end)?.content),
  );
  const sent = [
    ...source.matches(
      /(?<![\w.])\w*(?:[kK]afkaTemplate|[rR]abbitTemplate|amqpTemplate|jmsTemplate|streamBridge|[pP]roducer)\s*\.\s*(send|convertAndSend)\s*\(/g,
    ),
  ].flatMap(({ 2: _, index, end }) => {
    const parts = source.parts(end - 1);
    const record = parts[0] && /^new\s+ProducerRecord\s*(?:<[^>]*>)?\s*\(/.exec(source.codeOf(parts[0]));
    if (record && parts[0]) {
      const open = source.code.indexOf("(", parts[0].start);
      return use("sends", index, text(source.parts(open)[0]));
    }
    const isRabbit = /[rR]abbit|amqp/.test(source.code.slice(index, end));
    return use("sends", index, isRabbit && parts.length > 2 ? text(parts[1]) : text(parts[0]));
  });
  return [...listened, ...outgoing, ...sent];
}

function environment(source: Source): NamedPlace[] {
  const asked = [...source.matches(/\bSystem\.getenv\s*\(/g)].flatMap(({ index, end }) => {
    const name = source.literalAt(end)?.content;
    return name === undefined ? [] : [{ name, at: source.at(index) }];
  });
  const injected = [...source.matches(/@(?:Value|ConfigProperty)\s*\(/g)].flatMap(({ index, end }) => {
    const [part] = source.parts(end - 1);
    const written = part && writtenText(source, source.member(part, "name", "value") ?? part)?.text;
    const name = /\$\{([^}:]+)/.exec(written ?? "")?.[1] ?? (written?.includes("$") ? undefined : written);
    return name === undefined ? [] : [{ name, at: source.at(index) }];
  });
  return [...asked, ...injected];
}

/** Methods with `@Test`; a `@DisplayName` says it in words. */
function tests(source: Source, classes: readonly JavaClass[]): NamedPlace[] {
  return [...source.matches(/@(?:Test|ParameterizedTest|RepeatedTest)\b/g)].flatMap(({ index }) => {
    const around = classes.filter(({ body }) => body.start < index && index < body.end).at(-1);
    const begin = source.code.lastIndexOf("}", index) + 1;
    const { end } = annotationsBefore(source, index);
    const display = /@DisplayName\s*\(/.exec(source.code.slice(begin, end));
    const written = display && source.literalAt(begin + display.index + display[0].length)?.content;
    const method = /(\w+)\s*\(/.exec(source.code.slice(end))?.[1] ?? "";
    const quoted = source.text.slice(end, end + 200).match(/^[^\n(]*`([^`]+)`/)?.[1];
    const words = written ?? quoted ?? method.replace(/_/g, " ").replace(/(?<=[a-z\d])(?=[A-Z])/g, " ");
    return words === "" ? [] : [{ name: around ? `${around.name} › ${words}` : words, at: source.at(index) }];
  });
}
