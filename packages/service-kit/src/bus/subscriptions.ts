import { type Binding, type Subscription, UnknownConsumer } from "./bus.ts";

export interface RunningSubscription {
  readonly consumer: string;
  stop(): Promise<void>;
}

/** The subscriptions of one bus. */
export interface Subscriptions<Running extends RunningSubscription> {
  /** Throws `UnknownConsumer`. */
  add(subscription: Subscription): { stop(): Promise<void> };
  running(): readonly Running[];
  consumers(): ReadonlySet<string>;
  stopAll(): Promise<void>;
}

export function createSubscriptions<Running extends RunningSubscription>(
  topology: readonly Binding[],
  start: (subscription: Subscription) => Running,
): Subscriptions<Running> {
  const running = new Set<Running>();
  const stop = async (subscription: Running) => {
    if (running.delete(subscription)) await subscription.stop();
  };
  return {
    add(subscription) {
      refuseUnknown(topology, subscription.consumer);
      const started = start(subscription);
      running.add(started);
      return { stop: () => stop(started) };
    },
    running: () => [...running],
    consumers: () => new Set([...running].map(({ consumer }) => consumer)),
    stopAll: async () => void (await Promise.all([...running].map(stop))),
  };
}

export function refuseUnknown(topology: readonly Binding[], consumer: string): void {
  if (topology.some((binding) => binding.consumer === consumer)) return;
  throw new UnknownConsumer(`The topology has no consumer ${consumer}.`);
}
