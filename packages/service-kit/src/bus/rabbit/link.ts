import { setTimeout as pause } from "node:timers/promises";
import { type Channel, type ChannelModel, type ConfirmChannel, connect, type Options } from "amqplib";
import { type Binding, BusUnavailable } from "../bus.ts";
import type { Link } from "../stay-connected.ts";
import { declareTopology, type Names } from "./topology.ts";

/** A connection with a channel on which everything sent is confirmed. */
export interface RabbitLink extends Link {
  readonly model: ChannelModel;
  /** Resolves when the server has stored the messages in all queues they go to; rejects when not, or after 10 s. */
  send(...messages: readonly RabbitMessage[]): Promise<void>;
  /** Waits for the server; rejects when the connection or the exchange is gone, or after 2 s. */
  check(): Promise<void>;
}

export interface RabbitMessage {
  /** The empty one carries a message to the queue that its key names. */
  readonly exchange: string;
  readonly key: string;
  readonly content: Buffer;
  readonly options: Options.Publish;
}

export interface RabbitOptions {
  readonly url: string;
  readonly names: Names;
  readonly topology: readonly Binding[];
  /** How many queues there are for pauses between attempts. */
  readonly retries: number;
}

const connectMs = 5_000;
const confirmMs = 10_000;
const answerMs = 2_000;

/** Connects and declares the topology. A channel that breaks ends the whole connection, so that there is one way to begin again. */
export async function openRabbitLink(options: RabbitOptions): Promise<RabbitLink> {
  const model = await connect(withHeartbeat(options.url), {
    timeout: connectMs,
    clientProperties: { connection_name: options.names.exchange },
  });
  // Every error ends the connection, which is all that matters here.
  model.on("error", () => {});
  const ended = new Promise<void>((resolve) => model.once("close", () => resolve()));
  const end = async () => {
    await atMost(
      answerMs,
      model.close().catch(() => {}),
    );
  };
  try {
    const channel = await model.createConfirmChannel();
    endsWith(channel, end);
    await declareTopology(channel, options.names, options);
    return {
      model,
      ended,
      end,
      send: (...messages) => within(confirmMs, sendAll(channel, messages)),
      check: async () => void (await within(answerMs, channel.checkExchange(options.names.exchange))),
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Waits for what may never come, but not for long. */
export async function atMost(ms: number, work: Promise<void>): Promise<void> {
  await Promise.race([work, pause(ms, undefined, { ref: false })]);
}

/** Lets a connection end with one of its channels. */
export function endsWith(channel: Channel, end: () => Promise<void>): void {
  channel.on("error", () => {});
  channel.on("close", () => void end());
}

async function sendAll(channel: ConfirmChannel, messages: readonly RabbitMessage[]): Promise<void> {
  const results = await Promise.allSettled(messages.map((message) => send(channel, message)));
  // All are settled before one failure is told, so that nothing of this call is still on its way when it is repeated.
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

function send(channel: ConfirmChannel, { exchange, key, content, options }: RabbitMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    channel.publish(exchange, key, content, options, (error: Error | null) =>
      error ? reject(error) : resolve(),
    );
  });
}

/** A server that vanished without a word is noticed within some 20 seconds. */
function withHeartbeat(address: string): string {
  const url = new URL(address);
  if (!url.searchParams.has("heartbeat")) url.searchParams.set("heartbeat", "10");
  return url.href;
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = pause(ms, undefined, { signal: done.signal }).then(() => {
    throw new BusUnavailable(`The bus did not answer within ${ms} ms.`);
  });
  try {
    return (await Promise.race([work, late])) as T;
  } finally {
    done.abort();
  }
}
