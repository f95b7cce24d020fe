import { fileURLToPath } from "node:url";
import { type Environment, type RunningService, requiredUrl, startService } from "@speckit/service-kit";
import { userHandlers } from "./app.ts";
import { acceptUploads } from "./read-upload.ts";
import { migrations, type UserTables } from "./store/migrations.ts";

/** Starts user-service with the variables that ai-doc.md lists. */
export async function serve(environment: Environment): Promise<RunningService> {
  // Without it nobody could be told apart, and every operation belongs to somebody.
  requiredUrl(environment, "AUTH_URL", ["http", "https"]);
  return startService<UserTables>({
    name: "user-service",
    environment,
    folder: fileURLToPath(new URL("..", import.meta.url)),
    migrations,
    build: async ({ database, outbox }) => ({
      handlers: userHandlers({ database, outbox, clock: () => new Date() }),
      configure: acceptUploads,
      // Avatars are read by their handler, and come as slowly as somebody's line is; the kit ends a request after 30 s.
      handlerLimitMs: 30_000,
    }),
  });
}
