import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CommandStep } from "../../authoring/implement/command-line.ts";

/**
 * The step without `npx`, where a package that is installed in the folder or above brings the program: npm needs longer to find it than many tests
 * need to run. Any other step as it is.
 */
export function withoutNpx(step: CommandStep, cwd: string): CommandStep {
  const [name = "", ...args] = step.args;
  if (step.program !== "npx" || !/^[\w.-]+$/.test(name) || name.startsWith("-")) return step;
  // Programs of packages are no executables there, but scripts for a shell.
  if (process.platform === "win32") return step;
  for (let folder = cwd; ; folder = dirname(folder)) {
    const program = join(folder, "node_modules", ".bin", name);
    if (existsSync(program)) return { ...step, program, args };
    if (folder === dirname(folder)) return step;
  }
}
