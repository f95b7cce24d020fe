import type { EventConsumer } from "../events/consumers.ts";
import type { Handler } from "./handler.ts";
import { Problem } from "./problem.ts";

/** Stands in a table of handlers for one that has no file yet, so that the service starts with those that have. */
export const noHandler: Handler = async () => {
  throw new Problem(501, {
    type: "/problems/no-handler",
    title: "No handler",
    detail: "The operation has no handler yet.",
  });
};

/** Stands for the consumer of an event that has no file yet. What arrives waits in the dead-letter queue until there is one. */
export function noConsumer(eventType: string): EventConsumer<never> {
  return {
    eventType,
    handle: async () => {
      throw new Error(`${eventType} has no consumer yet.`);
    },
  };
}
