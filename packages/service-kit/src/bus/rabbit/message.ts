import { createHash } from "node:crypto";
import type { Message, MessageProperties, Options } from "amqplib";
import type { BusMessage, DeadLetter, Delivery } from "../bus.ts";
import type { RabbitMessage } from "./link.ts";

type Headers = Readonly<Record<string, unknown>>;

/** What the driver notes on a message that went on to another queue, beside the message's own headers. */
interface Notes {
  /** A message that comes back from a pause comes under the name of a queue, so its topic is noted. */
  readonly topic: string;
  readonly attempt: number;
  readonly reason?: string;
  readonly failedAt?: string;
}

const notes = "bus-notes";
// Added by RabbitMQ. Carried on, they would make a second pause look like a circle, and RabbitMQ drops what goes round in circles.
const serversOwn = /^x-(?:death|first-death-|last-death-|delivery-count)/;

export function messageTo(exchange: string, { id, topic, body, headers }: BusMessage): RabbitMessage {
  const options = { messageId: id, headers, persistent: true, contentType: "application/json" };
  return { exchange, key: topic, content: Buffer.from(JSON.stringify(body)), options };
}

/** Of the same message on its way to another queue, for `afterMs` if it pauses there. */
export function forwarded({ properties }: Message, noted: Notes, afterMs?: number): Options.Publish {
  return {
    messageId: properties.messageId,
    headers: { ...headersOf(properties), [notes]: JSON.stringify(noted) },
    persistent: true,
    contentType: properties.contentType,
    ...(afterMs !== undefined && { expiration: String(Math.round(afterMs)) }),
  };
}

/** Of the same message when it begins anew. */
export function renewed({ properties }: Message, topic: string): Options.Publish {
  return forwarded({ properties } as Message, { topic, attempt: 1 });
}

/** Throws `SyntaxError` when the content is no JSON. */
export function deliveryOf(message: Message): Delivery {
  return { ...envelopeOf(message), body: JSON.parse(message.content.toString()) as object };
}

/** Strangers may send without an id; then the content stands for it, so that a dead letter can be named all the same. */
export function idOf({ properties: { messageId }, content }: Message): string {
  if (typeof messageId === "string" && messageId !== "") return messageId;
  return `unnamed-${createHash("sha256").update(content).digest("hex").slice(0, 16)}`;
}

/** Without the body, which may be unreadable. */
export function envelopeOf(message: Message): Omit<Delivery, "body"> {
  const { topic, attempt } = notesOf(message);
  return { id: idOf(message), topic, attempt, headers: headersOf(message.properties) };
}

export function deadLetterOf(consumer: string, message: Message): DeadLetter {
  const { topic, attempt, reason, failedAt } = notesOf(message);
  return {
    id: idOf(message),
    consumer,
    topic,
    attempts: attempt,
    reason: reason ?? "Its consumer disappeared too often while it worked on it.",
    failedAt:
      failedAt ?? new Date((deathOf(message.properties.headers)?.time?.value ?? 0) * 1000).toISOString(),
    body: readable(message.content),
    headers: headersOf(message.properties),
  };
}

function notesOf({ fields, properties }: Message): Notes {
  const noted = properties.headers?.[notes];
  if (typeof noted === "string") return JSON.parse(noted) as Notes;
  return { topic: deathOf(properties.headers)?.["routing-keys"]?.[0] ?? fields.routingKey, attempt: 1 };
}

function headersOf({ headers = {} }: MessageProperties): Record<string, string> {
  const others = Object.entries(headers as Headers).filter(
    ([name]) => name !== notes && !serversOwn.test(name),
  );
  return Object.fromEntries(others.map(([name, value]) => [name, String(value)]));
}

/** What RabbitMQ notes when it moves a message itself. */
function deathOf(headers: Headers | undefined) {
  const [death] = (headers?.["x-death"] ?? []) as {
    readonly time?: { readonly value: number };
    readonly "routing-keys"?: readonly string[];
  }[];
  return death;
}

function readable(content: Buffer): object {
  const text = content.toString();
  try {
    return JSON.parse(text) as object;
  } catch {
    return { unreadable: text };
  }
}
