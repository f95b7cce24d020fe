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
  return [...methodCalls(source), ...decorated(source)];
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
