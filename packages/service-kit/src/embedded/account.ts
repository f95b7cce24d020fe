import { execFileSync } from "node:child_process";

/** The account PostgreSQL runs under, when it may not be ours. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The account to run PostgreSQL under: nobody's when we are root, since PostgreSQL refuses root; otherwise our own (undefined). */
export function accountForServer(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return { uid: idOf("-u"), gid: idOf("-g") };
}

function idOf(option: "-u" | "-g"): number {
  try {
    return Number(
      execFileSync("id", [option, "nobody"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
    );
  } catch {
    return 65_534;
  }
}
