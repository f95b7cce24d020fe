import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Platform, startPlatform } from "@shop/platform";
import type { Environment } from "@speckit/service-kit";
import { endLeftoverPostgres } from "@speckit/service-kit/embedded";
import { expect, vi } from "vitest";
import { runs } from "../../../platform/test/shop-program.ts";
import { mailArrives, mailsTo } from "./inbox.ts";
import { type Customer, loggedIn, newCustomer, type Person, somebody } from "./person.ts";
import { ownServers, type Place } from "./place.ts";

/** A shop that runs, with everybody who has to do with it. */
export interface Shop {
  readonly platform: Platform;
  readonly url: string;
  readonly inboxUrl: string;
  readonly place: Place;
  somebody(known?: { email?: string; password?: string }): Person;
  newCustomer(): Promise<Customer>;
  administrator(): Promise<Customer>;
  /** Waits for a mail. */
  mailArrives(email: string, subject: string): ReturnType<typeof mailArrives>;
  mailsTo(email: string): ReturnType<typeof mailsTo>;
  /** Waits until the order has the status. */
  settles(customer: Customer, orderId: string, status: string): Promise<void>;
  /** Pieces of a product that can be ordered. */
  available(sku: string): Promise<number>;
  /** Everything that services have written down so far, by the name of the file. */
  logs(): ReadonlyMap<string, string>;
  close(): Promise<void>;
}

const prefix = "shop-journeys-";

/** A folder for a shop. What a run left that was killed is removed: its number in the folder's name tells that nobody uses it any more. */
export async function freshFolder(): Promise<string> {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (Number.isNaN(pid) || runs(pid)) continue;
    const left = path.join(os.tmpdir(), name);
    await endLeftoverPostgres(path.join(left, "postgres"));
    fs.rmSync(left, { recursive: true, force: true });
  }
  return fs.mkdtempSync(path.join(os.tmpdir(), `${prefix}${process.pid}-`));
}

/** Opens a shop in this process, with a folder of its own; `close` removes all of it. */
export async function openShop(place: Place = ownServers, environment: Environment = {}): Promise<Shop> {
  const dataDir = await freshFolder();
  const platform = await startPlatform({
    dataDir,
    port: 0,
    mailPort: 0,
    // People are told apart by an address that they say, see `somebody`.
    environment: { LOG_LEVEL: "info", TRUSTED_PROXIES: "127.0.0.1", ...place.environment, ...environment },
  });
  const { url, inbox, administrator, logDir } = platform;
  const inboxUrl = inbox?.url ?? "";
  return {
    platform,
    url,
    inboxUrl,
    place,
    somebody: (known) => somebody(url, known),
    newCustomer: () => newCustomer(url),
    administrator: () => loggedIn(somebody(url, administrator)),
    mailArrives: (email, subject) => mailArrives(inboxUrl, email, subject),
    mailsTo: (email) => mailsTo(inboxUrl, email),
    settles: (customer, orderId, status) =>
      vi.waitFor(
        async () => {
          const { data } = await customer.does(`/api/v1/orders/${orderId}`);
          expect(data.status).toBe(status);
        },
        { timeout: 30_000, interval: 50 },
      ),
    async available(sku) {
      const { data } = await somebody(url).asks<{ available: number }>(`/api/v1/products/${sku}`);
      return data.available;
    },
    logs: () =>
      new Map(fs.readdirSync(logDir).map((name) => [name, fs.readFileSync(path.join(logDir, name), "utf8")])),
    async close() {
      await platform.stop();
      await place.leave();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
