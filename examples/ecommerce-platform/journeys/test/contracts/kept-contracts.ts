import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { Shop } from "../support/open-shop.ts";
import type { Customer } from "../support/person.ts";
import { platformFolder } from "../support/platform-documents.ts";

interface Known {
  readonly caller: Customer;
  /** What exists there, for `--set`. */
  readonly values: Readonly<Record<string, string>>;
}

/** Who calls each service, and what is there. */
const services: Readonly<Record<string, (shop: Shop) => Promise<Known>>> = {
  "auth-service": async (shop) => {
    const caller = await shop.newCustomer();
    const { email, password, refreshToken, accessToken } = caller;
    const login = { "logIn.email": email, "logIn.password": password };
    return { caller, values: { ...login, "validateToken.token": accessToken, refreshToken } };
  },
  "user-service": async (shop) => {
    const caller = await shop.newCustomer();
    return { caller, values: { id: caller.userId, imageFormat: "png" } };
  },
  "inventory-service": async (shop) => {
    const [caller, ada] = [await shop.administrator(), await shop.newCustomer()];
    const orderId = await ada.orders([{ sku: "TEA-100", quantity: 1 }]);
    await shop.settles(ada, orderId, "confirmed");
    const { data } = await caller.does<{ reservationId: string }[]>(
      `/api/v1/reservations?orderId=${orderId}`,
    );
    return { caller, values: { sku: "TEA-100", orderId, reservationId: data[0]?.reservationId ?? "" } };
  },
  "order-service": async (shop) => {
    const caller = await shop.newCustomer();
    return { caller, values: { sku: "TEA-100" } };
  },
  "notification-service": async (shop) => {
    const caller = await shop.newCustomer();
    const orderId = await caller.orders([{ sku: "TEA-100", quantity: 1 }]);
    await shop.mailArrives(caller.email, `Order ${orderId} confirmed`);
    const { data } = await caller.does<{ notificationId: string }[]>("/api/v1/notifications");
    return { caller, values: { orderId, notificationId: data[0]?.notificationId ?? "" } };
  },
};

const speckit = path.join(
  path.dirname(createRequire(import.meta.url).resolve("@speckit/cli/package.json")),
  "bin/speckit.js",
);

/** `speckit` as a user calls it, in the folder of the platform. */
async function runSpeckit(args: readonly string[], env: Record<string, string>) {
  const options = { cwd: platformFolder, env: { ...process.env, ...env } };
  return promisify(execFile)(process.execPath, [speckit, ...args], options).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stdout, stderr }) => ({ code, said: `${stdout}${stderr}` }),
  );
}

/** `speckit verify` for each service as it runs. */
export function keptContracts(shop: () => Shop): void {
  describe("speckit verify finds nothing to complain about:", () => {
    test.each(Object.entries(services))("%s", async (name, prepare) => {
      const { caller, values } = await prepare(shop());
      const { url = "" } = shop().platform.services.get(name) ?? {};
      const sets = Object.entries(values).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
      const args = ["verify", "--service", name, "--url", url, "--token-env", "TOKEN", ...sets];
      const { code, said } = await runSpeckit(args, { TOKEN: caller.accessToken, NO_COLOR: "1" });
      expect({ code, said: code === 0 ? "" : said }).toEqual({ code: 0, said: "" });
    });
  });
}
