import { AuthorFailed, AuthorInterrupted, type AuthorRun, type TokensUsed } from "../authoring/author.ts";
import type { Config } from "../model/config.ts";
import { authorLine, authorSummary } from "../render/author-progress.ts";
import { type Io, type Options, UsageError } from "./command.ts";
import { optionText, tokensOption } from "./options.ts";

/** Options of every command that an author works for. */
export const authorOptions: readonly (readonly [string, string])[] = [
  [
    "--author <name>",
    "who does it: offline (without a model), agent:NAME (an installed agent, such as claude or codex), or model:PROVIDER/MODEL",
  ],
  ["--time-limit <time>", "end an agent or a model after this long: 90s, 10m (default: 20m)"],
  ["--token-limit <n>", "tokens that an agent or a model may use, such as 200k (default: 500k)"],
];

export interface Watched {
  readonly run: AuthorRun;
  /** Everything that was used until now. */
  readonly used: () => TokensUsed;
  /** Ends the watching, whatever came of it; says what it took. */
  readonly end: () => void;
}

export interface WatchRequest {
  /** Who works: `agent:claude`. */
  readonly author: string;
  /** At what: a file, a task. */
  readonly work: string;
  /** A program that a person should see before it runs. */
  readonly command?: string | undefined;
}

const PLAIN_EVERY_MS = 10_000;
const REDRAW_EVERY_MS = 250;

/** Shows on standard error how an author gets on, and ends it on Ctrl-C and at the limits. */
export function watchAuthor(
  { author, work, command }: WatchRequest,
  options: Options,
  { authors: limits }: Pick<Config, "authors">,
  io: Io,
): Watched {
  const seconds = timeLimit(options) ?? limits.time_limit_seconds;
  const most = tokensOption(options, "tokenLimit") ?? limits.token_limit;
  const controller = new AbortController();
  const began = io.now();
  const spent = { input: 0, output: 0 };
  let characters = 0;
  const state = () => ({
    author,
    work,
    characters,
    tokens: spent.input + spent.output,
    seconds: Math.round((io.now() - began) / 1000),
  });
  const show = display(io, options, () => authorLine(state(), io));
  const late = `${author} was not done within ${seconds} s and was ended. Give it more with --time-limit, or authors.time_limit_seconds.`;
  const limit = setTimeout(() => controller.abort(new AuthorFailed(late)), seconds * 1000);
  void io.interrupted().then(() => {
    controller.abort(new AuthorInterrupted(`Interrupted: ${author} was ended.`));
  });
  const shown = command === undefined ? "" : `: ${command}`;
  show.begin(`${author} works on ${work}${shown}`, command !== undefined);
  return {
    run: {
      signal: controller.signal,
      progress: (text) => {
        characters += text.length;
        show.changed();
      },
      used: ({ input, output }) => {
        spent.input += input;
        spent.output += output;
        show.changed();
      },
      note: show.note,
      tokensLeft: () => most - spent.input - spent.output,
    },
    used: () => ({ ...spent }),
    end: () => {
      clearTimeout(limit);
      show.end(authorSummary(state(), io));
    },
  };
}

/** A line that is redrawn on a terminal, plain lines elsewhere, nothing with --quiet. */
function display(io: Io, options: Options, line: () => string) {
  if (options.quiet === true)
    return { begin: () => undefined, changed: () => undefined, note: () => undefined, end: () => undefined };
  if (io.redraws === true) {
    const draw = () => io.writeError(`\r\x1b[K${line()}`);
    const timer = setInterval(draw, REDRAW_EVERY_MS);
    return {
      // The line that is redrawn says the same; only a program of somebody's own is worth more.
      begin: (text: string, isWorthMore: boolean) => (isWorthMore ? io.writeError(`${text}\n`) : draw()),
      changed: () => undefined,
      // Above the line that is redrawn.
      note: (text: string) => io.writeError(`\r\x1b[K${text}\n`),
      end: (text: string) => {
        clearInterval(timer);
        io.writeError(`\r\x1b[K${text}\n`);
      },
    };
  }
  let last = io.now();
  return {
    begin: (text: string) => io.writeError(`${text}\n`),
    changed: () => {
      if (io.now() - last < PLAIN_EVERY_MS) return;
      last = io.now();
      io.writeError(`${line()}\n`);
    },
    note: (text: string) => io.writeError(`${text}\n`),
    end: (text: string) => io.writeError(`${text}\n`),
  };
}

/** @throws UsageError */
function timeLimit(options: Options): number | undefined {
  const given = optionText(options, "timeLimit");
  if (given === undefined) return undefined;
  const [, digits = "", unit = "s"] = /^(\d{1,6})(s|m|h)?$/.exec(given) ?? [];
  const seconds = Number(digits) * ({ s: 1, m: 60, h: 3600 }[unit] ?? 1);
  if (seconds > 0 && seconds <= 86_400) return seconds;
  throw new UsageError(`--time-limit must be a time up to a day, such as 90s or 10m; it is '${given}'.`);
}
