/** A message of a bus: an event's envelope with what the bus needs to carry it. */
export interface BusMessage {
  /** The same for every copy of one message; consumers remember it. */
  readonly id: string;
  /** `events.` and the event's name, e.g. `events.order.created`. */
  readonly topic: string;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Delivery extends BusMessage {
  /** 1 the first time; a delivery that was cut off by a crash keeps its number. */
  readonly attempt: number;
}

/** A message that could not be processed, kept until somebody looks at it. */
export interface DeadLetter {
  /** Of the message, not of this failure. */
  readonly id: string;
  readonly consumer: string;
  readonly topic: string;
  readonly reason: string;
  /** How often a handler was called with it. */
  readonly attempts: number;
  /** ISO 8601, UTC. */
  readonly failedAt: string;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;
}

/** Which topics a consumer receives; its queue has the consumer's name. */
export interface Binding {
  readonly consumer: string;
  readonly topics: readonly string[];
}

export interface Subscription {
  readonly consumer: string;
  /** How many deliveries this process works on at once. */
  readonly concurrency: number;
  /** Resolves: done. Throws: tried again after a pause, three times in all. Throws `Poison` or `Postponed`: see there. */
  handle(delivery: Delivery): Promise<void>;
  /** Told once the bus knows that the delivery is done and will not come again. */
  acknowledged?(delivery: Delivery): void;
}

export interface QueueDepth {
  readonly consumer: string;
  /** Messages that are stored and not being worked on, including those that pause before their next attempt. */
  readonly waiting: number;
  /** Dead letters. */
  readonly dead: number;
}

export interface DeadLetters {
  /** Of one consumer or of all, oldest first. */
  list(consumer?: string): Promise<DeadLetter[]>;
  /** Puts the dead letters of a consumer, or the one with this message id, back into its queue; tells how many. */
  replay(consumer: string, id?: string): Promise<number>;
}

/**
 * Carries messages from producers to every consumer bound to their topic, at least once. A driver reconnects by itself; what needs the
 * server meanwhile throws `BusUnavailable`.
 */
export interface Bus {
  /** Resolves when the bus has stored all of them, in this order; when it throws, some of them may have been stored. */
  publish(messages: readonly BusMessage[]): Promise<void>;
  /** Survives a loss of the connection. `stop` takes no new delivery, and resolves when those begun are done and acknowledged. */
  subscribe(subscription: Subscription): Promise<{ stop(): Promise<void> }>;
  readonly deadLetters: DeadLetters;
  /** One entry for each consumer of the topology. */
  depths(): Promise<QueueDepth[]>;
  /** Throws unless the server answers. */
  check(): Promise<void>;
  /** Stops all subscriptions first. */
  close(): Promise<void>;
}

/** Thrown by a handler for a message that no repetition can make good: it goes to the dead-letter queue at once, with this reason. */
export class Poison extends Error {
  override readonly name = "Poison";
}

/** Thrown by a handler when the world is not ready: the message comes again after a pause, and the attempt does not count. */
export class Postponed extends Error {
  override readonly name = "Postponed";
  readonly afterMs: number;

  constructor(message: string, afterMs = 1000) {
    super(message);
    this.afterMs = afterMs;
  }
}

/** The server of the bus does not answer. */
export class BusUnavailable extends Error {
  override readonly name = "BusUnavailable";
}

/** A consumer that the topology does not name has no queue. */
export class UnknownConsumer extends Error {
  override readonly name = "UnknownConsumer";
}
