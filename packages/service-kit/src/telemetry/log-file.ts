import { type DestinationStream, pino } from "pino";

/** Where a logger writes when several services share a process, and standard output is for people. Readable by us alone; written at once. */
export function openLogFile(file: string): DestinationStream {
  return pino.destination({ dest: file, append: true, mkdir: true, mode: 0o600, sync: true });
}
