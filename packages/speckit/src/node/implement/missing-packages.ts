import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The command that installs what a package.json lists, when something of it is not there; undefined when nothing is missing. */
export function installCommand(root: string, dir: string): string | undefined {
  const folder = join(root, dir);
  const names = listed(join(folder, "package.json"));
  if (names.every((name) => isInstalled(folder, name))) return undefined;
  const has = (file: string) => [folder, root].some((one) => existsSync(join(one, file)));
  if (has("pnpm-lock.yaml")) return "pnpm install";
  if (has("yarn.lock")) return "yarn install";
  return "npm install";
}

function listed(file: string): string[] {
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(file, "utf8")) as Record<
      string,
      unknown
    >;
    return [dependencies, devDependencies].flatMap((one) =>
      typeof one === "object" && one !== null ? Object.keys(one) : [],
    );
  } catch {
    return [];
  }
}

/** As Node looks for it: in the folder, and in those above. */
function isInstalled(folder: string, name: string): boolean {
  for (let dir = folder; ; dir = dirname(dir)) {
    if (existsSync(join(dir, "node_modules", name))) return true;
    if (dir === dirname(dir)) return false;
  }
}
