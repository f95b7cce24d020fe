import { administratorCanLogIn } from "./administrator.ts";
import { DataFolderInUse, DataFolderUnusable } from "./data-folder.ts";
import { readCommandLine, type StartOptions } from "./options.ts";
import { PortInUse } from "./ports.ts";
import { renderScreen } from "./screen.ts";
import { type Platform, startPlatform } from "./start-platform.ts";
import { whenOrphaned } from "./when-orphaned.ts";

/** Whoever stops it waits no longer than 10 s. */
const stopWithinMs = 9500;
const signalCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Of whoever gave the options. */
const mistakes = [PortInUse, DataFolderInUse, DataFolderUnusable];

const say = (text: string) => process.stderr.write(`${text}\n`);

const command = readCommandLine(process.argv.slice(2));
if (command.kind === "help") {
  process.stdout.write(command.text);
} else if (command.kind === "wrong") {
  say(command.message);
  process.exitCode = 2;
} else {
  await run(command);
}

async function run(options: StartOptions): Promise<void> {
  const startedAt = performance.now();
  const interruption = new AbortController();
  const starting = startPlatform({
    ...options,
    environment: process.env,
    signal: interruption.signal,
    onProgress: (step) => say(`· ${step}`),
    onTrouble: (trouble) => say(`! ${trouble}`),
  });
  // Heard of below; without this a failure during an interruption would end the process before.
  starting.catch(() => undefined);
  stopWhenAsked(starting, interruption);

  let platform: Platform;
  try {
    platform = await starting;
  } catch (error) {
    if (interruption.signal.aborted) return;
    say(`\n${explain(error)}`);
    process.exit(mistakes.some((mistake) => error instanceof mistake) ? 2 : 1);
  }
  const administratorKnown = await administratorCanLogIn(platform);
  if (interruption.signal.aborted) return;
  const seconds = (performance.now() - startedAt) / 1000;
  const color = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const screen = renderScreen(platform, { seconds, color, folder: process.cwd(), administratorKnown });
  process.stdout.write(`\n${screen}`);
}

function stopWhenAsked(starting: Promise<Platform>, interruption: AbortController): void {
  const stop = async (code: number) => {
    if (interruption.signal.aborted) process.exit(code);
    interruption.abort(new Error("The start was interrupted."));
    say("\nThe shop closes. Ctrl-C again ends it at once.");
    setTimeout(() => process.exit(code), stopWithinMs).unref();
    const started = await starting.catch(() => undefined);
    await started?.stop().catch((error) => say(explain(error)));
    process.exit(0);
  };
  for (const [signal, code] of Object.entries(signalCodes)) process.on(signal, () => void stop(code));
  whenOrphaned(() => {
    if (!interruption.signal.aborted) void stop(1);
  });
}

function explain(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
