import type { FaultyShop } from "../open-shop.ts";
import type { Ledger } from "../traffic/ledger.ts";
import { untilNothingLeft } from "../until.ts";
import { type Finding, judgeMiscount, judgeRun } from "./judge-run.ts";
import type { Inside, Miscount, Unfinished } from "./look-inside.ts";
import type { MailReader } from "./read-mails.ts";
import { readOutcome } from "./read-outcome.ts";

export interface SettleOptions {
  readonly shop: FaultyShop;
  readonly inside: Inside;
  readonly mailReader: MailReader;
  readonly ledger: Ledger;
  readonly miscounts: readonly Miscount[];
  /** What has not moved for so long is stuck, in milliseconds. */
  readonly settleMs: number;
}

export interface Settled {
  readonly findings: Finding[];
  /** How long it took until nothing was on its way. */
  readonly tookMs: number;
}

/** Waits until nothing is on its way and nothing is found, or nothing moves any more; says what is found then. */
export async function settle({
  shop,
  inside,
  mailReader,
  ledger,
  miscounts,
  settleMs,
}: SettleOptions): Promise<Settled> {
  const judge = async (unfinished: readonly Unfinished[]) => {
    const outcome = await readOutcome(shop, mailReader, ledger);
    return judgeRun({ ledger, outcome, unfinished, miscounts });
  };
  const patience = { patienceMs: settleMs, everyMs: 150 };
  const from = performance.now();
  const onTheirWay = async () => (await inside.unfinished()).reduce((sum, { number }) => sum + number, 0);
  const arrived = await untilNothingLeft(onTheirWay, patience);
  const tookMs = performance.now() - from;
  // What was seen at some moment of the run does not mend itself.
  const wrong = async () => (await judge([])).length - miscounts.length;
  const settled = arrived && (await untilNothingLeft(wrong, patience));
  return {
    findings: settled ? miscounts.map(judgeMiscount) : await judge(await inside.unfinished()),
    tookMs,
  };
}
