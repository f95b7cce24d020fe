import fs from "node:fs";
import { freePort } from "@speckit/service-kit/embedded";
import { answers } from "./answers.ts";
import { findProgram } from "./find-program.ts";
import type { OwnServer } from "./own-server.ts";
import { startProgram } from "./start-program.ts";

export const redisProgram = () => findProgram("redis-server");

/** Starts a Redis of our own, which keeps nothing on disk: after a kill it is empty. */
export async function startOwnRedis(folder: string): Promise<OwnServer> {
  fs.mkdirSync(folder, { recursive: true });
  const port = await freePort();
  return startProgram({
    name: "Redis",
    url: `redis://127.0.0.1:${port}`,
    folder,
    command: [
      redisProgram() ?? "redis-server",
      ...["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
    ],
    isReady: () => answers(port, "PING\r\n", "+PONG"),
  });
}
