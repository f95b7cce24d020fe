import { fileURLToPath } from "node:url";
import {
  type Environment,
  optionalNumber,
  type RunningService,
  requiredUrl,
  startService,
} from "@speckit/service-kit";
import { notificationConsumers, notificationHandlers } from "./app.ts";
import { notificationHealth } from "./health-checks.ts";
import { readSender } from "./read-sender.ts";
import { startSender } from "./send-due-mails.ts";
import { openMailServer } from "./send-mail.ts";
import { migrations, type NotificationTables } from "./store/migrations.ts";

/** Starts notification-service with the variables that ai-doc.md lists. */
export async function serve(environment: Environment): Promise<RunningService> {
  requiredUrl(environment, "AUTH_URL", ["http", "https"]);
  const url = requiredUrl(environment, "SMTP_URL", ["smtp", "smtps"]);
  const from = readSender(environment);
  const connections = optionalNumber(environment, "SMTP_CONNECTIONS", 20, { min: 1, max: 1000 });

  return startService<NotificationTables>({
    name: "notification-service",
    environment,
    folder: fileURLToPath(new URL("..", import.meta.url)),
    migrations,
    async build({ database, log, metrics }) {
      const mailServer = openMailServer({ url, from, connections });
      return {
        handlers: notificationHandlers({ database }),
        consumers: notificationConsumers({ clock: () => new Date() }),
        health: notificationHealth(mailServer),
        background: [
          startSender({ database, mailServer, domain: from.domain, atOnce: connections, log, metrics }),
        ],
      };
    },
  });
}
