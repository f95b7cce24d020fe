import type { ShopProcess } from "../../shop-process.ts";
import type { FaultyShop } from "../open-shop.ts";
import type { Random } from "../plan/random.ts";
import type { Driver } from "../servers/open-servers.ts";
import type { OwnServer } from "../servers/own-server.ts";
import { signInAndOut } from "../traffic/customer.ts";
import type { Traffic } from "../traffic/keep-ordering.ts";
import type { Ledger } from "../traffic/ledger.ts";
import { placeOrder } from "../traffic/place-order.ts";
import { until, untilBack } from "../until.ts";

/** What a trouble works with. */
export interface Scene {
  readonly shop: FaultyShop;
  readonly traffic: Traffic;
  readonly ledger: Ledger;
  readonly random: Random;
}

/** Something that goes wrong besides a process that dies at a point. */
export interface Trouble {
  readonly name: string;
  /** All the while the shop accepts orders, and what it refuses is a finding. */
  readonly staysOpen: boolean;
  /** Processes that are killed alone; any other that ends does so by itself. */
  readonly deaths?: number;
  /** Pieces of the products that the run begins with; two that suffice and one that does not, unless said otherwise. */
  readonly stock?: Stock;
  /** With one driver only, where the other has no such server. */
  readonly driver?: Driver;
  /** Makes trouble and mends it; resolves when everything that was killed is ready again. */
  happen(scene: Scene): Promise<void>;
}

/** Pieces of each of two products, and of a third. */
export interface Stock {
  readonly plenty: number;
  readonly few: number;
}

export const troubles: readonly Trouble[] = [
  {
    name: "400 orders at once over a scarce stock",
    staysOpen: false,
    stock: { plenty: 150, few: 50 },
    async happen({ traffic, ledger, random }) {
      await traffic.stop();
      const orders = Array.from({ length: 400 }, () => {
        const lines = random.shuffled([...ledger.stock.keys()]).map((sku) => ({ sku, quantity: 1 }));
        return placeOrder(ledger, random.pick(ledger.customers), lines);
      });
      await Promise.all(orders);
    },
  },
  {
    name: "50 orders at once under one key",
    staysOpen: false,
    async happen({ ledger, random }) {
      const [sku] = ledger.stock.keys();
      if (sku !== undefined)
        await placeOrder(ledger, random.pick(ledger.customers), [{ sku, quantity: 1 }], 50);
    },
  },
  {
    name: "PostgreSQL killed",
    staysOpen: false,
    async happen(scene) {
      const { postgres } = scene.shop.servers;
      await somebodyLeaves(scene);
      await scene.traffic.midWave();
      await postgres.kill();
      await postgres.start();
    },
  },
  {
    name: "RabbitMQ killed",
    staysOpen: true,
    driver: "rabbit",
    happen: (scene) => beWithout(scene.shop.servers.rabbit, scene),
  },
  {
    name: "Redis killed",
    staysOpen: true,
    driver: "rabbit",
    happen: (scene) => beWithout(scene.shop.servers.redis, scene),
  },
  {
    name: "deliveries doubled, late and out of order",
    staysOpen: true,
    happen: troubleDeliveries,
  },
  {
    name: "mail server slow",
    staysOpen: true,
    async happen({ shop, traffic }) {
      shop.servers.mail.behave("slow");
      await traffic.moreWaves(2);
      shop.servers.mail.behave("helpful");
    },
  },
  {
    name: "mail server unwilling",
    staysOpen: true,
    async happen({ shop, traffic }) {
      shop.servers.mail.behave("unwilling");
      await traffic.moreWaves(2);
      shop.servers.mail.behave("helpful");
    },
  },
  {
    name: "mail server away",
    staysOpen: true,
    async happen({ shop, traffic }) {
      await shop.servers.mail.leave();
      await traffic.moreWaves(2);
      await shop.servers.mail.comeBack();
    },
  },
  {
    name: "two instances of each service, one killed",
    staysOpen: false,
    deaths: 1,
    happen: secondInstances,
  },
  {
    name: "everything killed",
    staysOpen: false,
    async happen(scene) {
      await somebodyLeaves(scene);
      await scene.traffic.midWave();
      await scene.shop.killEverything();
    },
  },
];

async function troubleDeliveries({ shop, traffic, ledger }: Scene): Promise<void> {
  const services = shop.processes.filter(({ name }) => name !== "gateway");
  const duplicates = async () => {
    const counts = await Promise.all(services.map(duplicatesOf));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  const before = await duplicates();
  for (const service of services) service.troubleDeliveries(0.4);
  await traffic.moreWaves(3);
  await traffic.stop();
  for (const service of services) service.troubleDeliveries(0);
  // Most effects bear repetition by themselves; that the inbox has a part in it shows here alone.
  if (!(await until(async () => (await duplicates()) > before))) {
    ledger.unanswered.push("no service has noticed a message that came twice");
  }
}

/** Events that a service has recognised as handled before. */
async function duplicatesOf({ url }: ShopProcess): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const counts = text.matchAll(/^event_handling_seconds_count\{.*outcome="duplicate".*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Kills a server and starts it again after some waves; before and meanwhile somebody signs out. */
async function beWithout(server: OwnServer | undefined, scene: Scene): Promise<void> {
  const { traffic } = scene;
  await somebodyLeaves(scene);
  await traffic.midWave();
  await server?.kill();
  await traffic.moreWaves(2);
  await somebodyLeaves(scene);
  await server?.start();
}

/** A session that has been ended must stay so. */
async function somebodyLeaves({ shop, ledger }: Scene): Promise<void> {
  const [customer] = ledger.customers;
  if (customer) ledger.voidTokens.push(await signInAndOut(shop, { email: customer.email }));
}

const doubled = ["inventory-service", "order-service", "notification-service"];

/** Two relays on one outbox, two consumers on one queue, two senders of mails; of each pair one dies in the middle. */
async function secondInstances({ shop, traffic }: Scene): Promise<void> {
  const seconds = await Promise.all(doubled.map((name) => shop.another(name)));
  try {
    await traffic.midWave();
    const first = shop.process("order-service");
    const dying = [first, ...seconds.filter(({ name }) => name !== "order-service")];
    await Promise.all(dying.map(killAndAwait));
    await traffic.moreWaves(1);
  } finally {
    await Promise.all(seconds.map((second) => second.stop()));
  }
}

async function killAndAwait(process: ShopProcess): Promise<void> {
  const { pid } = process;
  process.kill();
  await untilBack(process.name, () => process.pid !== pid);
}
