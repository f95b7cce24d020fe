import { declareFaultPoints } from "../faults/fault-point.ts";

const relaySteps = ["before-publish", "after-publish", "after-mark"] as const;
const consumerSteps = ["before-transaction", "before-commit", "after-commit", "after-ack"] as const;

/** Declares the points between every two steps of a relay. */
export function declareRelayFaults(service: string): void {
  declareFaultPoints(
    service,
    relaySteps.map((step) => `relay.${step}`),
  );
}

/** Declares the points between every two steps of consuming an event. */
export function declareConsumerFaults(service: string, eventType: string): void {
  declareFaultPoints(
    service,
    consumerSteps.map((step) => `consumer.${eventType}.${step}`),
  );
}

export type RelayStep = (typeof relaySteps)[number];
export type ConsumerStep = (typeof consumerSteps)[number];
