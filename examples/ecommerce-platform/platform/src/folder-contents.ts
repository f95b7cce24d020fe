import fs from "node:fs";
import path from "node:path";
import { endLeftoverPostgres } from "@speckit/service-kit/embedded";

const contents = ["postgres", "mails", "logs", "secrets.json", "platform.json"];
const largestLogBytes = 20_000_000;

/** Removes everything that a platform keeps in its folder, but the lock. A server that was left working there is ended before its files go. */
export async function emptyFolder(dataDir: string): Promise<void> {
  await endLeftoverPostgres(path.join(dataDir, "postgres"));
  for (const name of contents) fs.rmSync(path.join(dataDir, name), { recursive: true, force: true });
}

/** Makes the folder of logs; those that have grown large begin anew. */
export function prepareLogs(dataDir: string): string {
  const logDir = path.join(dataDir, "logs");
  fs.mkdirSync(logDir, { recursive: true, mode: 0o700 });
  for (const name of fs.readdirSync(logDir)) {
    const file = path.join(logDir, name);
    if (fs.statSync(file).size > largestLogBytes) fs.truncateSync(file);
  }
  return logDir;
}
