import { parseArgs } from "node:util";

export interface StartOptions {
  readonly kind: "start";
  readonly dataDir: string;
  readonly fresh: boolean;
  readonly port: number;
  readonly mailPort: number;
  readonly processes: boolean;
}

export type CommandLine =
  | StartOptions
  | { readonly kind: "help"; readonly text: string }
  | { readonly kind: "wrong"; readonly message: string };

const help = `Starts the shop: PostgreSQL, a mail inbox, five services and the gateway.

  npm run platform -- [options]

  --data DIR        where everything is kept                (.data)
  --fresh           empty that folder first
  --port N          of the gateway                          (8080)
  --mail-port N     of the mail inbox                       (8025)
  --processes       one process for each service
  --help            this text

DATABASE_URL, AMQP_URL, REDIS_URL and SMTP_URL name servers to use instead of
the built-in ones. DATABASE_URL is of a role that may make roles and databases;
PLATFORM_PREFIX is put before the names of those.
`;

/** Reads the arguments of `npm run platform`. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const read = parse(args);
  if ("message" in read) return { kind: "wrong", message: read.message };
  if (read.help) return { kind: "help", text: help };
  // Not the folder where one stands, which a variable that is not set would have emptied.
  if (read.data === "") return { kind: "wrong", message: "--data names no folder." };
  const port = portOf("--port", read.port);
  const mailPort = portOf("--mail-port", read["mail-port"]);
  for (const value of [port, mailPort])
    if (typeof value === "string") return { kind: "wrong", message: value };
  if (port === mailPort && port !== 0)
    return {
      kind: "wrong",
      message: `--port and --mail-port are both ${port}; each needs a port of its own.`,
    };
  return {
    kind: "start",
    dataDir: read.data,
    fresh: read.fresh,
    port: Number(port),
    mailPort: Number(mailPort),
    processes: read.processes,
  };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: "string", default: ".data" },
        fresh: { type: "boolean", default: false },
        port: { type: "string", default: "8080" },
        "mail-port": { type: "string", default: "8025" },
        processes: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    return values;
  } catch (error) {
    const [message = ""] = (error as Error).message.split(". ");
    return { message: `${message.replace(/\.$/, "")}. --help lists the options.` };
  }
}

/** The port, or what is wrong with it. */
function portOf(option: string, text: string): number | string {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : `${option} is "${text}", which is no port: 0 (any free one) to 65535.`;
}
