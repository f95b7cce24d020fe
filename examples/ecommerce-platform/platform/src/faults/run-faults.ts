import { randomUUID } from "node:crypto";
import type { FaultyShop } from "./open-shop.ts";
import { dealRuns, pointsPerRunFor, type RunPlan, runsForAll } from "./plan/deal-runs.ts";
import { doRun, type RunReport } from "./runs/do-run.ts";
import { troubles } from "./runs/troubles.ts";
import type { Driver } from "./servers/open-servers.ts";
import { NoAnswer } from "./traffic/ask.ts";
import { becomeCustomer } from "./traffic/customer.ts";
import { StaysAway } from "./until.ts";
import type { Finding } from "./verdict/judge-run.ts";
import { type Inside, lookInside } from "./verdict/look-inside.ts";
import { openMailReader } from "./verdict/read-mails.ts";

export interface FaultsOptions {
  readonly driver: Driver;
  readonly seed: number;
  /** As many as it takes for everything to have its turn, unless said otherwise. */
  readonly runs?: number | undefined;
  /** As many as it takes for so many runs to reach everything, unless said otherwise. */
  readonly pointsPerRun?: number | undefined;
  /** Only points and troubles whose name contains this. */
  readonly only?: string | undefined;
  readonly settleMs: number;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly run: number;
  readonly runs: number;
  /** What goes wrong now, in a few words. */
  readonly what: string;
  readonly orders: number;
  readonly findings: number;
}

/** A point or a trouble, and what came of the runs in which it was to happen. */
export interface Row {
  readonly name: string;
  readonly hits: number;
  readonly lost: number;
  readonly doubled: number;
  readonly stuck: number;
}

export interface FaultsReport {
  readonly rows: readonly Row[];
  readonly findings: readonly (Finding & { readonly run: number; readonly what: string })[];
  readonly runs: number;
  readonly orders: number;
  /** How long it took after a run, at the most, until nothing was on its way; in milliseconds. */
  readonly slowestMs: number;
  readonly pointsPerRun: number;
  /** How many runs it takes for everything to have its turn. */
  readonly runsForAll: number;
}

/** What can go wrong in a shop: its fault points, and troubles of other kinds. */
export function faultsOf(points: readonly string[], driver: Driver, only = "") {
  const chosen = (names: readonly string[]) => names.filter((name) => name.includes(only));
  const possible = troubles.filter((trouble) => (trouble.driver ?? driver) === driver);
  return { points: chosen(points), troubles: chosen(possible.map(({ name }) => name)) };
}

/** Does one run after the other on an open shop, and judges all of them once more at the end. A shop that does not come back ends it early. */
export async function runFaults(shop: FaultyShop, options: FaultsOptions): Promise<FaultsReport> {
  const points = shop.processes.flatMap(({ faultPoints }) => faultPoints);
  const faults = faultsOf(points, options.driver, options.only);
  const { seed, runs } = options;
  const pointsPerRun =
    options.pointsPerRun ?? (runs === undefined ? 1 : pointsPerRunFor({ ...faults, runs }));
  const forAll = runsForAll({ ...faults, pointsPerRun });
  const plans = dealRuns({ ...faults, seed, pointsPerRun, runs: runs ?? forAll });
  const inside = lookInside(shop);
  const mailReader = openMailReader(shop.servers.mail.url);
  const newDeadlocks = watchDeadlocks(inside);
  const reports: RunReport[] = [];
  try {
    const administrator = await becomeCustomer(shop, shop.administrator);
    const context = { ...options, shop, inside, mailReader, administrator, tag: randomUUID().slice(0, 8) };
    for (const plan of plans) {
      options.onProgress?.(progressOf(plan, plans.length, reports));
      const report = await doRun(plan, context).catch((error) => brokenRun(plan, error));
      reports.push({ ...report, findings: [...report.findings, ...(await newDeadlocks())] });
      if (report.broken) break;
    }
    // What comes too late for its own run is found here: a message that was believed to be gone, a mail that is sent again.
    const found: (readonly Finding[])[] = [];
    for (const report of reports) found.push(await foundInTheEnd(report));
    return {
      ...summarise([...faults.points, ...faults.troubles], reports, found),
      pointsPerRun,
      runsForAll: forAll,
    };
  } finally {
    await inside.close();
  }
}

/** What came since the last call. The server tells with a delay, and begins anew when it was killed. */
function watchDeadlocks(inside: Inside): () => Promise<Finding[]> {
  let known = 0;
  return async () => {
    const before = known;
    known = await inside.deadlocks().catch(() => 0);
    return known > before
      ? [{ kind: "stuck", text: `${known - before} deadlocks that PostgreSQL had to end` }]
      : [];
  };
}

function progressOf(plan: RunPlan, runs: number, reports: readonly RunReport[]): Progress {
  return {
    run: plan.number,
    runs,
    what: whatOf(plan),
    orders: sum(reports.map(({ orders }) => orders)),
    findings: sum(reports.map(({ findings }) => findings.length)),
  };
}

/** Other errors are mistakes of this program. */
function brokenRun(plan: RunPlan, error: Error): RunReport {
  if (!(error instanceof StaysAway || error instanceof NoAnswer)) throw error;
  const findings: Finding[] = [{ kind: "stuck", text: error.message }];
  return { plan, hits: [], orders: 0, findings, tookMs: 0, broken: true, judgeAgain: async () => [] };
}

async function foundInTheEnd({ findings, judgeAgain }: RunReport): Promise<readonly Finding[]> {
  return findings.length > 0 ? findings : judgeAgain();
}

function summarise(
  names: readonly string[],
  reports: readonly RunReport[],
  found: readonly (readonly Finding[])[],
): Omit<FaultsReport, "pointsPerRun" | "runsForAll"> {
  const row = (name: string): Row => {
    const findings = found.filter((_, index) => namesOf(reports[index]?.plan).includes(name)).flat();
    const count = (kind: Finding["kind"]) => findings.filter((finding) => finding.kind === kind).length;
    const hits = reports.flatMap((report) => report.hits).filter((hit) => hit === name).length;
    return { name, hits, lost: count("lost"), doubled: count("doubled"), stuck: count("stuck") };
  };
  return {
    rows: names.map(row),
    findings: reports.flatMap(({ plan }, index) =>
      (found[index] ?? []).map((finding) => ({ ...finding, run: plan.number, what: whatOf(plan) })),
    ),
    runs: reports.length,
    orders: sum(reports.map(({ orders }) => orders)),
    slowestMs: Math.max(0, ...reports.map(({ tookMs }) => tookMs)),
  };
}

const namesOf = (plan?: RunPlan): string[] =>
  plan
    ? [...plan.points.map(({ point }) => point), ...(plan.trouble === undefined ? [] : [plan.trouble])]
    : [];

function whatOf(plan: RunPlan): string {
  const [first = "", ...others] = namesOf(plan);
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
