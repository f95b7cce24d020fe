import type { Binding } from "../bus.ts";
import { defaultRetryDelaysMs } from "../verdict.ts";
import { namesOf, queuesOf } from "./topology.ts";

export interface RemoveOptions {
  readonly url: string;
  readonly topology: readonly Binding[];
  /** Never empty, so that nobody removes the queues of a shop that is in use by leaving something out. */
  readonly prefix: string;
}

/** Deletes the queues of a bus with everything that is in them: after tests and measurements on a server that others use too. */
export async function removeRabbitBus({ url, topology, prefix }: RemoveOptions): Promise<void> {
  if (prefix === "") throw new Error("A bus without a prefix is not removed.");
  const names = namesOf(prefix);
  // Loaded by those who use it: most services of a platform know no RabbitMQ.
  const { connect } = await import("amqplib");
  const connection = await connect(url);
  try {
    const channel = await connection.createChannel();
    for (const { consumer } of topology) {
      for (const queue of queuesOf(names, consumer, defaultRetryDelaysMs.length))
        await channel.deleteQueue(queue);
    }
    await channel.deleteExchange(names.exchange);
  } finally {
    await connection.close();
  }
}
