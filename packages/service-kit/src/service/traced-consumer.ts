import type { EventConsumer } from "../events/consumers.ts";
import { correlation } from "../telemetry/correlation.ts";
import type { Tracing } from "../telemetry/tracing.ts";

/** A span around the work on each event, below that of the request or event that caused it. */
export function tracedConsumer<Tables>(
  consumer: EventConsumer<Tables>,
  tracing: Tracing,
): EventConsumer<Tables> {
  return {
    ...consumer,
    async handle(event, trx, prepared) {
      const { requestId, traceparent: parent } = correlation.current();
      const span = tracing.start(`receive ${consumer.eventType}`, { kind: "consumer", parent });
      try {
        await correlation.run({ requestId, traceparent: span.traceparent }, () =>
          consumer.handle(event, trx, prepared),
        );
        span.end();
      } catch (error) {
        span.end({ error });
        throw error;
      }
    },
  };
}
