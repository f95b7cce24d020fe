/** A place that a stack trace, a tool or a log names. */
export interface Frame {
  /** As written: absolute, of another machine, or of built code. */
  readonly file: string;
  readonly line: number;
  readonly column: number | undefined;
  readonly symbol: string | undefined;
}

/** A request that an error speaks of. */
export interface ErrorRequest {
  /** Upper case; undefined where only the path is told. */
  readonly method: string | undefined;
  readonly path: string;
}

/** What can be read from the text of an error: a message, a stack trace, a log, an answer. */
export interface ErrorReport {
  /** The part that tells of the error, in the order it came. */
  readonly text: string;
  /** The line that says what happened. */
  readonly message: string;
  /** Innermost first, each once. */
  readonly frames: readonly Frame[];
  /** Of the answer; undefined where none is told. */
  readonly status: number | undefined;
  readonly requests: readonly ErrorRequest[];
  /** Who logged it, as the log says. */
  readonly loggers: readonly string[];
  /** Ids of rules that a tool named. */
  readonly rules: readonly string[];
}
