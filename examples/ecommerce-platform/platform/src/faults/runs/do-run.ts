import type { FaultyShop } from "../open-shop.ts";
import type { ArmedPoint, RunPlan } from "../plan/deal-runs.ts";
import { seededRandom } from "../plan/random.ts";
import type { Question } from "../traffic/ask.ts";
import type { Customer } from "../traffic/customer.ts";
import { keepOrdering } from "../traffic/keep-ordering.ts";
import type { Ledger } from "../traffic/ledger.ts";
import { openRun } from "../traffic/open-run.ts";
import type { Products } from "../traffic/place-wave.ts";
import type { Finding } from "../verdict/judge-run.ts";
import type { Inside } from "../verdict/look-inside.ts";
import type { MailReader } from "../verdict/read-mails.ts";
import { settle } from "../verdict/settle.ts";
import { watchStock } from "../verdict/watch-stock.ts";
import { dieAtPoints } from "./die-at-points.ts";
import { type Stock, type Trouble, troubles } from "./troubles.ts";

export interface RunOptions {
  readonly shop: FaultyShop;
  readonly inside: Inside;
  readonly mailReader: MailReader;
  readonly administrator: Customer;
  /** In the names of products and customers, so that those of two reports on one shop differ. */
  readonly tag: string;
  /** Once all is ready again, what has not moved for so long is stuck; in milliseconds. */
  readonly settleMs: number;
}

export interface RunReport {
  readonly plan: RunPlan;
  /** Points and troubles of the plan that came to pass. */
  readonly hits: readonly string[];
  readonly orders: number;
  readonly findings: readonly Finding[];
  /** Until nothing was on its way, from when all was ready again and all customers had their answers; in milliseconds. */
  readonly tookMs: number;
  /** The shop did not come back. */
  readonly broken: boolean;
  /** Judges once more, later, by how things stand then. */
  judgeAgain(): Promise<Finding[]>;
}

/** Lets customers order while things go wrong as planned, waits until all has settled, and judges. */
export async function doRun(plan: RunPlan, options: RunOptions): Promise<RunReport> {
  const { shop, inside } = options;
  const name = `${options.tag}-${plan.number}`;
  const trouble = troubles.find((each) => each.name === plan.trouble);
  const { products, stock } = productsOf(name, trouble?.stock ?? { plenty: 100_000, few: 8 });
  const ledger = await openRun(shop, options.administrator, { name, stock });
  const watch = watchStock(inside, ledger.stock);
  const restarts = restartsOf(shop);
  const hits = await goWrong({ plan, name, trouble, shop, ledger, products });
  const unplanned = restartsOf(shop) - restarts - (trouble ? (trouble.deaths ?? 0) : hits.length);

  const { findings, tookMs } = await settle({ ...options, ledger, miscounts: await watch.stop() });
  if (unplanned > 0) {
    const text = `${unplanned} processes ended by themselves; their logs are in ${shop.logDir}`;
    findings.push({ kind: "stuck", text });
  }
  const judgeAgain = async () => (await settle({ ...options, ledger, miscounts: [] })).findings;
  return { plan, hits, orders: ledger.orders.size, findings, tookMs, broken: false, judgeAgain };
}

function productsOf(name: string, pieces: Stock): { products: Products; stock: Map<string, number> } {
  const products: Products = { plenty: [`TEA-${name}`, `POT-${name}`], scarce: `MUG-${name}` };
  const stock = new Map(products.plenty.map((sku) => [sku, pieces.plenty]));
  return { products, stock: stock.set(products.scarce, pieces.few) };
}

interface Wrong {
  readonly plan: RunPlan;
  readonly name: string;
  readonly trouble: Trouble | undefined;
  readonly shop: FaultyShop;
  readonly ledger: Ledger;
  readonly products: Products;
}

/** Returns what came to pass, when everything is ready again and all customers have their answers. */
async function goWrong({ plan, name, trouble, shop, ledger, products }: Wrong): Promise<string[]> {
  const door = {
    get url() {
      return shop.url;
    },
    onRefusal({ path }: Question, reason: string) {
      if (trouble?.staysOpen && path === "/api/v1/orders") {
        ledger.refusals.push(`an order was refused while the shop should be open: ${reason}`);
      }
    },
  };
  const random = seededRandom(plan.seed);
  const traffic = keepOrdering({ door, ledger, random, products }, name);
  try {
    if (trouble) {
      await trouble.happen({ shop, traffic, ledger, random });
      return [trouble.name];
    }
    const series = [...byService(plan.points)];
    const hits = series.map(([service, points]) => dieAtPoints(shop.process(service), points, traffic));
    return (await Promise.all(hits)).flat();
  } finally {
    await traffic.stop();
  }
}

function byService(points: readonly ArmedPoint[]): Map<string, ArmedPoint[]> {
  const groups = new Map<string, ArmedPoint[]>();
  for (const point of points) groups.set(point.service, [...(groups.get(point.service) ?? []), point]);
  return groups;
}

function restartsOf({ processes }: FaultyShop): number {
  return processes.reduce((sum, { restarts }) => sum + restarts, 0);
}
