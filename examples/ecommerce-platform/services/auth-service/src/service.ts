import { fileURLToPath } from "node:url";
import { type Environment, type RunningService, type ServiceParts, startService } from "@speckit/service-kit";
import { authHandlers } from "./app.ts";
import { assemble } from "./assemble.ts";
import { createAdministrator } from "./create-administrator.ts";
import { healthChecks } from "./health-checks.ts";
import { repeat } from "./repeat.ts";
import { readSettings, type Settings } from "./settings.ts";
import { migrations } from "./store/migrations.ts";
import { removeExpired } from "./store/remove-expired.ts";
import { openRevocationCopy, type RevocationCopy } from "./store/revocation-copy.ts";
import { revokedSince } from "./store/revocations.ts";
import type { AuthTables } from "./store/tables.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const secondMs = 1_000;
const minuteMs = 60_000;
const clock = () => new Date();

/** Starts auth-service with the variables of its environment. Throws `EnvironmentError` for those that are missing or wrong. */
export async function serve(environment: Environment): Promise<RunningService> {
  const settings = readSettings(environment);
  return startService<AuthTables>({
    name: "auth-service",
    environment,
    folder,
    migrations,
    build: (parts) => build(parts, settings),
  });
}

async function build(parts: ServiceParts<AuthTables>, settings: Settings) {
  const { database, outbox, log } = parts;
  const copy = openCopy(parts, settings);
  const { dependencies, checkToken, rotateKeys } = await assemble({
    settings,
    database,
    outbox,
    log,
    clock,
    copy,
  });
  await rotateKeys();
  if (settings.administrator) await createAdministrator(settings.administrator, dependencies);
  return {
    handlers: authHandlers(dependencies),
    checkToken,
    health: healthChecks(database, copy),
    background: [
      ...(copy ? [{ stop: () => copy.close() }, repeat("renewing the copy", secondMs, copy.renew, log)] : []),
      repeat("rotating the signing keys", minuteMs, rotateKeys, log),
      repeat("removing what expired", 10 * minuteMs, () => removeExpired(database, clock()), log),
    ],
  };
}

function openCopy(
  { database, log }: ServiceParts<AuthTables>,
  { redisUrl: url, redisPrefix: keyPrefix }: Settings,
): RevocationCopy | undefined {
  if (!url) return undefined;
  return openRevocationCopy({
    url,
    keyPrefix,
    revokedSince: (since) => revokedSince(database, since),
    clock,
    log,
  });
}
