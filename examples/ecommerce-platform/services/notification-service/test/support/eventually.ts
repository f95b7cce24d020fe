import { expect } from "vitest";

/** Looks again until the expectation holds; a slow machine gets all the time it needs. */
export const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 40_000, interval: 30 });
