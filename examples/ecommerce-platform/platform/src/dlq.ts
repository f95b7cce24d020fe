import { parseArgs } from "node:util";
import type { Bus } from "@speckit/service-kit";
import { listDeadLetters, type Outcome, replayDeadLetters, showDeadLetter } from "./dead-letters.ts";
import { openShopBus } from "./open-shop-bus.ts";

const help = `Looks at messages that no consumer could process, and tries them again.

  npm run dlq -- list [CONSUMER]
  npm run dlq -- show ID
  npm run dlq -- replay ID|CONSUMER|--all

  --data DIR   of the platform, which may be running or not   (.data)

AMQP_URL, DATABASE_URL and PLATFORM_PREFIX mean what they mean for the platform.
`;

// Ended by a signal itself, a process would leave the lock of the data folder where it is.
for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }))
  process.on(signal, () => process.exit(code));
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const line = read(args);
  if (typeof line === "string") return say(`${line}\n\n${help}`, 2);
  if (line.help) return say(help, 0);
  if (line.data === "") return say("--data names no folder.\n", 2);
  const work = workOf(line.words, line.all);
  if (!work) return say(help, 2);
  try {
    const { bus, close } = await openShopBus(line.data, process.env);
    const { text, code } = await work(bus).finally(close);
    return say(text, code);
  } catch (error) {
    return say(`${(error as Error).message}\n`, 2);
  }
}

function read(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        data: { type: "string", default: ".data" },
        all: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    return { ...values, words: positionals };
  } catch (error) {
    return (error as Error).message;
  }
}

function workOf(words: readonly string[], all: boolean): ((bus: Bus) => Promise<Outcome>) | undefined {
  const [command, argument, ...more] = words;
  if (more.length > 0) return undefined;
  if (command === "list") return (bus) => listDeadLetters(bus, argument);
  if (command === "show" && argument !== undefined) return (bus) => showDeadLetter(bus, argument);
  const which = all ? "--all" : argument;
  if (command === "replay" && which !== undefined) return (bus) => replayDeadLetters(bus, which);
  return undefined;
}

function say(text: string, code: number): number {
  (code === 0 ? process.stdout : process.stderr).write(text);
  return code;
}
