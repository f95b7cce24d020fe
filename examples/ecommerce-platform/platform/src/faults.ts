import { randomInt } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { faultPoints } from "@speckit/service-kit";
import { type FaultyShop, openShop } from "./faults/open-shop.ts";
import { type FaultsLine, readFaultsLine } from "./faults/options.ts";
import { hasFailed, renderReport } from "./faults/render-report.ts";
import { faultsOf, runFaults } from "./faults/run-faults.ts";
import { NotInstalled } from "./faults/servers/open-servers.ts";
import { showProgress } from "./faults/show-progress.ts";
import { startPlatform } from "./start-platform.ts";
import { whenOrphaned } from "./when-orphaned.ts";

const line = readFaultsLine(process.argv.slice(2), () => randomInt(1000));
if (line.kind === "help") {
  process.stdout.write(line.text);
} else if (line.kind === "wrong") {
  process.stderr.write(`${line.message}\n`);
  process.exitCode = 2;
} else {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shop-faults-"));
  process.exitCode = await (line.kind === "list" ? list(line, folder) : run(line, folder)).catch(explain);
}

/** The names are those that services declare when they start. */
async function list({ driver, only }: FaultsLine, folder: string): Promise<number> {
  const platform = await startPlatform({
    dataDir: folder,
    port: 0,
    mailPort: 0,
    environment: { LOG_LEVEL: "silent" },
  });
  const { points, troubles } = faultsOf(faultPoints, driver, only);
  await platform.stop();
  fs.rmSync(folder, { recursive: true, force: true });
  process.stdout.write([...points, ...troubles].map((name) => `${name}\n`).join(""));
  return 0;
}

async function run(options: FaultsLine, folder: string): Promise<number> {
  const progress = showProgress(process.stderr);
  const closing = endWithEverything(folder);
  progress.say("the shop opens");
  const shop = await openShop(options.driver, folder);
  closing.shop = shop;
  const from = performance.now();
  const report = await runFaults(shop, { ...options, onProgress: progress.show });
  const seconds = (performance.now() - from) / 1000;
  progress.end();
  const color = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  process.stdout.write(renderReport(report, { ...options, seconds, color, logDir: shop.logDir }));
  await shop.stop();
  // Logs of a run in which nothing was found say nothing.
  if (report.findings.length === 0) fs.rmSync(folder, { recursive: true, force: true });
  return hasFailed(report) ? 1 : 0;
}

/** Nothing here is worth keeping, so that there is nothing to wait for. */
function endWithEverything(folder: string): { shop?: FaultyShop } {
  const closing: { shop?: FaultyShop } = {};
  const end = (code: number) => {
    closing.shop?.end();
    fs.rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  };
  process.on("SIGINT", () => end(130));
  process.on("SIGTERM", () => end(143));
  whenOrphaned(() => end(1));
  return closing;
}

function explain(error: unknown): number {
  const text = error instanceof NotInstalled ? error.message : (error as Error).stack;
  process.stderr.write(`\n${text}\n`);
  return 2;
}
