import type { HealthCheck } from "@speckit/service-kit";
import type { MailServer } from "./send-mail.ts";

/**
 * What `getHealth` asks beside `database`, `bus` and `auth-service`, which service-kit knows. Readiness does not ask the mail server: mails
 * wait for it, and the log can be read meanwhile.
 */
export function notificationHealth(mailServer: MailServer): Record<string, HealthCheck> {
  return { mailServer: { check: () => mailServer.check() } };
}
