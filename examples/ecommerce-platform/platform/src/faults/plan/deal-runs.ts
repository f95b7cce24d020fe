import { seededRandom } from "./random.ts";

/** A point at which a process is made to die, and at which passing. */
export interface ArmedPoint {
  /** `order-service/relay.after-publish` */
  readonly point: string;
  readonly service: string;
  /** 1 is the next passing. */
  readonly hit: number;
}

/** What goes wrong in one run. */
export interface RunPlan {
  /** 1 is the first. */
  readonly number: number;
  readonly points: readonly ArmedPoint[];
  /** The name of a trouble other than a death at a point. */
  readonly trouble: string | undefined;
  /** Determines everything else that is chosen in this run. */
  readonly seed: number;
}

export interface DealOptions {
  readonly points: readonly string[];
  readonly troubles: readonly string[];
  readonly runs: number;
  /** How many points one run takes; those of one service one after the other, those of different services at the same time. */
  readonly pointsPerRun: number;
  readonly seed: number;
}

const highestHit = 3;

/**
 * Deals points and troubles to runs as cards from a shuffled pack, so that each has its turn before any comes again. A trouble has a run of
 * its own. The same seed deals the same.
 */
export function dealRuns({ points, troubles, runs, pointsPerRun, seed }: DealOptions): RunPlan[] {
  const random = seededRandom(seed);
  const shuffledPack = (): Pick<RunPlan, "points" | "trouble">[] => {
    const hands = chunksOf(random.shuffled(points), pointsPerRun).map((names) => ({
      points: names.map((point) => armed(point, 1 + random.below(highestHit))),
      trouble: undefined,
    }));
    return random.shuffled([...hands, ...troubles.map((trouble) => ({ points: [], trouble }))]);
  };
  const dealt: RunPlan[] = [];
  let pack: ReturnType<typeof shuffledPack> = [];
  while (dealt.length < runs) {
    if (pack.length === 0) pack = shuffledPack();
    const hand = pack.pop();
    if (!hand) break;
    const number = dealt.length + 1;
    dealt.push({ ...hand, number, seed: seed * 1_000_003 + number });
  }
  return dealt;
}

/** How many runs it takes until everything had its turn. */
export function runsForAll({ points, troubles, pointsPerRun }: Omit<DealOptions, "runs" | "seed">): number {
  return Math.ceil(points.length / pointsPerRun) + troubles.length;
}

/** With how many points in each run so many runs reach everything; 1 when no number does. */
export function pointsPerRunFor({
  points,
  troubles,
  runs,
}: Pick<DealOptions, "points" | "troubles" | "runs">): number {
  const left = runs - troubles.length;
  return left > 0 ? Math.max(1, Math.ceil(points.length / left)) : 1;
}

function armed(point: string, hit: number): ArmedPoint {
  return { point, service: point.slice(0, point.indexOf("/")), hit };
}

function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  const chunks: Item[][] = [];
  for (let from = 0; from < items.length; from += size) chunks.push(items.slice(from, from + size));
  return chunks;
}
