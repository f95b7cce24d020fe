import { parseArgs } from "node:util";
import type { Driver } from "./servers/open-servers.ts";

export interface FaultsLine {
  readonly kind: "run" | "list";
  readonly driver: Driver;
  /** Undefined: until everything had its turn once. */
  readonly runs: number | undefined;
  readonly seed: number;
  /** Undefined: as many as it takes for the runs to reach everything. */
  readonly pointsPerRun: number | undefined;
  readonly only: string | undefined;
  /** What has not moved for so long is stuck; in milliseconds. */
  readonly settleMs: number;
}

export type CommandLine =
  | FaultsLine
  | { readonly kind: "help"; readonly text: string }
  | { readonly kind: "wrong"; readonly message: string };

const help = `Lets customers order while processes and servers die, and counts afterwards.

  npm run faults -- [options]

  --driver NAME   embedded, or rabbit: RabbitMQ and Redis         (embedded)
  --runs N        as many as reach everything once, if not given
  --seed N        chooses what goes wrong when; the same chooses the same
  --only TEXT     only points and troubles whose name contains this
  --together N    points that one run takes, as many as the runs need to reach
                  everything if not given: more is quicker, and says less about
                  which of them was to blame
  --settle N      seconds after which what does not move is stuck   (10)
  --list          only name what can go wrong
  --help          this text

Everything runs on servers and in a folder of its own, on 127.0.0.1.
`;

/** Reads the arguments of `npm run faults`. */
export function readFaultsLine(args: readonly string[], randomSeed: () => number): CommandLine {
  const read = parse(args);
  if ("message" in read) return { kind: "wrong", message: read.message };
  if (read.help) return { kind: "help", text: help };
  const { driver, only } = read;
  if (driver !== "embedded" && driver !== "rabbit") {
    return { kind: "wrong", message: `--driver is "${driver}", which is neither embedded nor rabbit.` };
  }
  for (const [name, text] of [
    ["--runs", read.runs ?? "1"],
    ["--seed", read.seed ?? "0"],
    ["--together", read.together ?? "1"],
    ["--settle", read.settle],
  ] as const) {
    const fewest = name === "--seed" ? 0 : 1;
    if (!/^\d{1,9}$/.test(text) || Number(text) < fewest)
      return { kind: "wrong", message: `${name} is "${text}", which is no number from ${fewest} on.` };
  }
  return {
    kind: read.list ? "list" : "run",
    driver,
    runs: read.runs === undefined ? undefined : Number(read.runs),
    seed: read.seed === undefined ? randomSeed() : Number(read.seed),
    pointsPerRun: read.together === undefined ? undefined : Number(read.together),
    only,
    settleMs: 1000 * Number(read.settle),
  };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        driver: { type: "string", default: "embedded" },
        runs: { type: "string" },
        seed: { type: "string" },
        only: { type: "string" },
        together: { type: "string" },
        settle: { type: "string", default: "10" },
        list: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    return values;
  } catch (error) {
    const [message = ""] = (error as Error).message.split(". ");
    return { message: `${message.replace(/\.$/, "")}. --help lists the options.` };
  }
}
