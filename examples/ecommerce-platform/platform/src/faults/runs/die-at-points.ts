import type { ShopProcess } from "../../shop-process.ts";
import type { ArmedPoint } from "../plan/deal-runs.ts";
import type { Traffic } from "../traffic/keep-ordering.ts";
import { until, untilBack } from "../until.ts";

/** So many waves without a hit, and the point is taken to be out of reach. */
const mostWaves = 25;
const longestMs = 120_000;

/** Lets a process die at one point after the other, each time it has come back; returns the points that were hit. */
export async function dieAtPoints(
  process: ShopProcess,
  points: readonly ArmedPoint[],
  traffic: Traffic,
): Promise<string[]> {
  const hit: string[] = [];
  for (const armed of points) {
    if (await dieAt(process, armed, traffic)) hit.push(armed.point);
  }
  return hit;
}

async function dieAt(process: ShopProcess, { point, hit }: ArmedPoint, traffic: Traffic): Promise<boolean> {
  const { pid, restarts } = process;
  const lastWave = traffic.waves + mostWaves;
  const hasDied = () => process.restarts > restarts;
  process.arm(point, hit);
  await until(() => hasDied() || traffic.waves > lastWave, { atMostMs: longestMs });
  if (!hasDied()) {
    // Taken back by a passing that is never reached.
    process.arm(point, Number.MAX_SAFE_INTEGER);
    return false;
  }
  await untilBack(process.name, () => process.pid !== pid);
  return true;
}
