import { type Cause, quotes } from "../cause.ts";

const signs =
  /ACCESS_REFUSED|PRECONDITION_FAILED|NOT_FOUND - no (?:queue|exchange)|CONNECTION_FORCED|Channel (?:closed|ended)|IllegalOperationError|amqp[^\n]{0,60}(?:refused|closed|failed)|KafkaConnectionError|NoBrokersAvailable|broker (?:is )?(?:not available|unavailable)|message bus (?:is )?(?:down|unreachable)/i;

export const busUnavailable: Cause = {
  id: "bus-unavailable",
  kind: "infrastructure",
  title: "The message bus takes no connection, or closed the channel",
  why: "What is published waits in the outbox; what should be received comes later. Nothing is lost as long as both work.",
  check:
    "Ask the broker: `rabbitmqctl list_queues name messages consumers`, and its log for the reason it gives.",
  find: ({ error }) => quotes(error.text, signs),
};
