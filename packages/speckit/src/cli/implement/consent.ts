import { stdin } from "node:process";
import { PassThrough, type Readable, type Writable } from "node:stream";
import type { Io, Options } from "../command.ts";

/** Whether a command of a document may be run in a folder; `undefined`: nobody wants to go on. It is shown before it runs, whoever agrees. */
export type Consent = (command: string, folder: string) => Promise<boolean | undefined>;

/** Asks at the terminal; `undefined` when somebody pressed Ctrl-C, or is gone: that is no answer. */
export type Ask = (message: string) => Promise<boolean | undefined>;

/** A person sits there, and wants to be asked. */
export function mayAsk(options: Options, io: Io): boolean {
  return io.isTerminal && io.input() === undefined && options.json !== true && options.quiet !== true;
}

/** `--yes` agrees to everything; at a terminal each command is asked about once; otherwise nothing runs. */
export function consentOf(options: Options, io: Io, ask: Ask): Consent {
  const answers = new Map<string, boolean>();
  const isAsked = mayAsk(options, io);
  return async (command, folder) => {
    const key = `${folder}\0${command}`;
    const where = folder === "." ? "here" : `in ${folder}`;
    const known = answers.get(key);
    if (options.yes === true || known === true) {
      io.writeError(`Running \`${command}\` ${where}\n`);
      return true;
    }
    if (known === false || !isAsked) return false;
    const agreed = await ask(`Run \`${command}\` ${where}?`);
    if (agreed !== undefined) answers.set(key, agreed);
    return agreed;
  };
}

/** Whether anybody can agree at all. */
export function canConsent(options: Options, io: Io): boolean {
  return options.yes === true || mayAsk(options, io);
}

type Keyboard = Readable & { setRawMode?: (isRaw: boolean) => unknown };

/** A question ends with the run that asks it, and with the terminal. */
export function askAtTerminal(
  ended: AbortSignal,
  { input = stdin, output }: { input?: Keyboard; output?: Writable } = {},
): Ask {
  return async (message) => {
    const { confirm, isCancel, updateSettings } = await import("@clack/prompts");
    updateSettings({ aliases: { [CTRL_D]: "cancel" } });
    const gone = new AbortController();
    const leave = () => gone.abort();
    for (const event of endings) input.on(event, leave);
    const keys = input.pipe(keysOf(input, gone.signal));
    try {
      const signal = AbortSignal.any([ended, gone.signal]);
      const answer = await confirm({
        input: keys,
        ...(output && { output }),
        message,
        initialValue: true,
        signal,
      });
      return isCancel(answer) ? undefined : answer;
    } finally {
      input.unpipe(keys).pause();
      for (const event of endings) input.off(event, leave);
    }
  };
}

const CTRL_D = "\x04";
const endings = ["end", "close", "error"] as const;

/** A keyboard that may go: readline takes it for a crash when the mode of a terminal that is closed cannot be set. */
function keysOf(input: Keyboard, gone: AbortSignal): PassThrough {
  const setRawMode = (isRaw: boolean) => {
    if (!gone.aborted) input.setRawMode?.(isRaw);
  };
  return Object.assign(new PassThrough(), { isTTY: true, setRawMode });
}
