import type { TopicUse } from "../../../model/code.ts";
import type { Source, Span } from "../source.ts";
import { writtenText } from "../written-text.ts";

/** Names of what carries messages; other things have `publish`, `emit` and `subscribe` too. */
const carriers =
  /(?:bus|broker|nats|nc|js|mqtt|redis|producer|consumer|subscriber|publisher|pubsub|kafka|rabbit|amqp|channel|ch|messaging|messages|events|outbox|eventBus|client|queue|topic)$/i;

type Role = TopicUse["role"];

const calls: Readonly<Record<string, Role>> = {
  publish: "sends",
  emit: "sends",
  send: "sends",
  produce: "sends",
  sendToQueue: "sends",
  subscribe: "receives",
  consume: "receives",
  bindQueue: "receives",
  on: "receives",
};

/** Topics, queues and routing keys: kafkajs, amqplib, NATS, MQTT, Nest's microservices, and buses that look like them. */
export function readTopics(source: Source): TopicUse[] {
  return [...methodCalls(source), ...decorated(source), ...described(source)];
}

function methodCalls(source: Source): TopicUse[] {
  const pattern =
    /(?<![\w$])([\w$]+)\s*\??\.\s*(publish|emit|send|produce|sendToQueue|subscribe|consume|bindQueue|on)\s*(?:<[^()]*>)?\s*\(/g;
  return [...source.matches(pattern)].flatMap(({ 1: receiver = "", 2: verb = "", index, end }) => {
    const parts = source.parts(end - 1);
    const role = calls[verb] ?? "sends";
    const isCarrier = carriers.test(receiver);
    const [first] = parts;
    if (!first) return [];
    if (source.code[source.skipBlanks(first.start)] === "{") {
      const member = source.member(first, "topic", "topics", "routingKey");
      return member ? topicsIn(source, member, role, index) : [];
    }
    if (!isCarrier || verb === "send") return [];
    return topicsIn(source, keyAmong(source, parts, verb), role, index);
  });
}

/** amqplib names an exchange before the routing key; `bindQueue` the queue before both. */
function keyAmong(source: Source, parts: readonly Span[], verb: string): Span | undefined {
  if (verb === "bindQueue") return parts[2];
  const [first, second] = parts;
  if (verb !== "publish" || !first || !second) return first;
  const key = writtenText(source, second)?.text;
  return key !== undefined && key !== "" && parts.length > 2 ? second : first;
}

/** A text, or a list of texts. */
function topicsIn(source: Source, span: Span | undefined, role: Role, offset: number): TopicUse[] {
  if (!span) return [];
  const start = source.skipBlanks(span.start);
  const spans = source.code[start] === "[" ? source.parts(start) : [span];
  return spans.flatMap((one) => {
    const topic = writtenText(source, one)?.text;
    const isName = topic !== undefined && /^[\w$.*#{}/:-]*[A-Za-z][\w$.*#{}/:-]*$/.test(topic);
    return isName ? [{ topic, role, at: source.at(offset) }] : [];
  });
}

/** Nest: `@EventPattern("order.created")`, `@RabbitSubscribe({ routingKey })`. */
function decorated(source: Source): TopicUse[] {
  return [...source.matches(/@(?:EventPattern|MessagePattern|RabbitSubscribe|OnEvent)\s*\(/g)].flatMap(
    ({ index, end }) => {
      const [first] = source.parts(end - 1);
      const member = first && source.member(first, "topic", "routingKey");
      return topicsIn(source, member ?? first, "receives", index);
    },
  );
}

/** What an object that describes a consumer calls the function that takes the event. */
const takesEvents = ["handle", "handler", "handleEvent", "on", "onEvent", "consume", "process", "run"];

/** Objects that say what is sent or received: `{ type: "order.created", data }`, `{ eventType: "order.created", handle(event) { … } }`. */
function described(source: Source): TopicUse[] {
  return [...source.matches(/(?<![\w$.])(?:eventType|type)\s*:\s*(?=["'`A-Z])/g)].flatMap(
    ({ index, end }) => {
      const open = openingBefore(source, index);
      if (open === undefined) return [];
      const parts = source.parts(open);
      const own = parts.find((part) => part.start <= index && index < part.end);
      const topic = own && writtenText(source, { start: end, end: own.end })?.text;
      if (topic === undefined || !/^[a-z][\w-]*(?:\.[a-z][\w-]*)+$/.test(topic)) return [];
      const names = new Set(parts.map((part) => memberName(source, part)));
      const role = takesEvents.some((name) => names.has(name))
        ? "receives"
        : names.has("data") || names.has("payload")
          ? "sends"
          : undefined;
      return role === undefined ? [] : [{ topic, role, at: source.at(index) }];
    },
  );
}

/** The brace of the object that an offset stands in, at its outermost level. */
function openingBefore(source: Source, offset: number): number | undefined {
  let depth = 0;
  for (let at = offset - 1; at >= 0; at--) {
    const letter = source.code[at] ?? "";
    if (")]}".includes(letter)) depth++;
    else if ("([{".includes(letter) && depth-- === 0) return letter === "{" ? at : undefined;
  }
  return undefined;
}

function memberName(source: Source, { start, end }: Span): string | undefined {
  return /^(?:(?:async|readonly)\s+)*["']?([\w$]+)/.exec(
    source.text.slice(source.skipBlanks(start), end),
  )?.[1];
}
