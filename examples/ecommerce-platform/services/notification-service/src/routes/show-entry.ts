import type { LogEntry } from "../store/email-log.ts";

/** The schema Notification of the contract. */
export function showEntry({ createdAt, sentAt, ...entry }: LogEntry) {
  return { ...entry, createdAt: createdAt.toISOString(), sentAt: sentAt?.toISOString() ?? null };
}
