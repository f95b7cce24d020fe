import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

const require = createRequire(import.meta.url);
const program = path.join(path.dirname(require.resolve("@speckit/cli/package.json")), "bin", "speckit.js");

/** speckit could not answer; the message is what it said. */
class SpeckitFailed extends Error {
  override readonly name = "SpeckitFailed";
}

/** What a command of speckit prints as JSON about the workspace at `root`. Throws `SpeckitFailed`. */
export async function askSpeckit<Answer>(root: string, ...command: readonly string[]): Promise<Answer> {
  const all = [program, "--cwd", root, "--quiet", ...command];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, all, { maxBuffer: 64 * 1024 * 1024 });
    return JSON.parse(stdout) as Answer;
  } catch (error) {
    const { stderr = "", message } = error as Error & { stderr?: string };
    throw new SpeckitFailed(`speckit ${command.join(" ")}: ${stderr.trim() || message}`);
  }
}
