import type { Traits } from "../change.ts";

/** Consumers had been told, and the time that was promised to them has passed. */
export function isAnnounced({ deprecated, sunset }: Traits): boolean {
  return deprecated === true && sunset !== "ahead" && sunset !== "unreadable";
}
