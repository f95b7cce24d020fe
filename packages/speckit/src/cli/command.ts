/** 0: nothing that fails. 1: findings that fail. 2: could not run. */
export type ExitCode = 0 | 1 | 2;

/** Everything a command may touch. main.ts passes the real ones, tests pass their own. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output is a terminal that shows colours. */
  readonly color: boolean;
  /** Width of the terminal, 80 where there is none. */
  readonly columns: number;
  /** Standard output is a terminal: what was shown may be replaced. */
  readonly isTerminal: boolean;
  /** Standard error is a terminal: a line of progress there may be replaced. */
  readonly redraws?: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly write: (text: string) => void;
  /** For people only: progress, hints, warnings. */
  readonly writeError: (text: string) => void;
  /** Standard input, undefined where a person sits at it and nothing is piped in. */
  readonly input: () => AsyncIterable<Uint8Array> | undefined;
  /** Holds once the user wants a command to end that goes on by itself: Ctrl-C. */
  readonly interrupted: () => Promise<void>;
}

/** Options as commander gives them; every command has the global ones too. */
export type Options = Readonly<Record<string, unknown>>;

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Arguments in commander's notation: `[files...]`. */
  readonly arguments?: string;
  /** Pairs of commander's flags and what they do. */
  readonly options: readonly (readonly [flags: string, description: string])[];
  readonly examples: readonly string[];
  run(args: readonly string[], options: Options, io: Io): Promise<ExitCode>;
}

/** The user asked for something that cannot be done as asked; main.ts prints the message, exit 2. */
export class UsageError extends Error {}
