import { progressBar, type RunState } from "../../render/progress-bar.ts";
import type { Io, Options } from "../command.ts";

/** Tells on standard error how far a run is: a line that is redrawn on a terminal, plain lines elsewhere, nothing with --quiet. */
export interface ProgressLine {
  /** For whatever else is said meanwhile: the line stays below it. */
  readonly io: Io;
  readonly show: (state: RunState) => void;
  /** Lets the line stand and begins a new one: somebody else draws below it. */
  readonly leave: () => void;
  /** Takes the line away. */
  readonly clear: () => void;
}

export function progressLine(options: Options, io: Io): ProgressLine {
  const nothing = () => undefined;
  if (options.quiet === true) return { io, show: nothing, leave: nothing, clear: nothing };
  if (io.redraws !== true)
    return {
      io,
      show: (state) => io.writeError(`${progressBar(state, io.columns)}\n`),
      leave: nothing,
      clear: nothing,
    };
  let line = "";
  const clear = () => {
    if (line !== "") io.writeError("\r\x1b[K");
    line = "";
  };
  return {
    io: {
      ...io,
      writeError: (text) => {
        const below = line;
        clear();
        io.writeError(text);
        if (below !== "" && text.endsWith("\n")) io.writeError(below);
        line = below;
      },
    },
    show: (state) => {
      clear();
      line = progressBar(state, io.columns);
      io.writeError(line);
    },
    leave: () => {
      if (line !== "") io.writeError("\n");
      line = "";
    },
    clear,
  };
}
