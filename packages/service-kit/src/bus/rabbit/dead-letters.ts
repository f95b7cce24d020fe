import type { Channel, Message } from "amqplib";
import type { DeadLetter } from "../bus.ts";
import type { RabbitLink } from "./link.ts";
import { deadLetterOf, envelopeOf, idOf, renewed } from "./message.ts";
import type { Names } from "./topology.ts";

/** Reads the dead letters of a consumer; they stay where they are. */
export function listDead(link: RabbitLink, names: Names, consumer: string): Promise<DeadLetter[]> {
  return onChannel(link, async (channel) => {
    const letters: DeadLetter[] = [];
    for await (const message of messagesOf(channel, names.dead(consumer)))
      letters.push(deadLetterOf(consumer, message));
    channel.nackAll(true);
    return letters;
  });
}

/** Puts dead letters, or those with this message id, back into the queue of their consumer; each leaves only once it is stored there. */
export function replayDead(link: RabbitLink, names: Names, consumer: string, id?: string): Promise<number> {
  return onChannel(link, async (channel) => {
    let count = 0;
    for await (const message of messagesOf(channel, names.dead(consumer))) {
      if (id !== undefined && idOf(message) !== id) continue;
      const { topic } = envelopeOf(message);
      const key = names.queue(consumer);
      await link.send({ exchange: "", key, content: message.content, options: renewed(message, topic) });
      channel.ack(message);
      count++;
    }
    channel.nackAll(true);
    return count;
  });
}

/** As many as there are now: one that is replayed may become a dead letter again before the last is read. */
async function* messagesOf(channel: Channel, queue: string): AsyncGenerator<Message> {
  const { messageCount } = await channel.checkQueue(queue);
  for (let read = 0; read < messageCount; read++) {
    const message = await channel.get(queue);
    if (!message) return;
    yield message;
  }
}

async function onChannel<T>({ model }: RabbitLink, work: (channel: Channel) => Promise<T>): Promise<T> {
  const channel = await model.createChannel();
  // What it says is said by the call that failed as well.
  channel.on("error", () => {});
  try {
    return await work(channel);
  } finally {
    await channel.close().catch(() => {});
  }
}

/** Messages in any of these queues. */
export function countMessages(link: RabbitLink, queues: readonly string[]): Promise<number> {
  return onChannel(link, async (channel) => {
    const counts = await Promise.all(queues.map((queue) => channel.checkQueue(queue)));
    return counts.reduce((sum, { messageCount }) => sum + messageCount, 0);
  });
}
