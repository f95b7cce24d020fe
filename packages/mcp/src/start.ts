import { type Io, main } from "@speckit/cli/cli";

/** `speckit-mcp` is `speckit mcp` under a name of its own: the same options, the same help. */
export async function start(argv: readonly string[]): Promise<void> {
  const io: Io = {
    cwd: process.cwd(),
    env: process.env,
    color: false,
    columns: process.stdout.columns ?? 80,
    isTerminal: process.stdout.isTTY === true,
    now: Date.now,
    write: (text) => void process.stdout.write(text),
    writeError: (text) => void process.stderr.write(text),
    input: () => undefined,
    interrupted: () => new Promise(() => {}),
  };
  process.exitCode = await main(["mcp", ...argv], io);
}
