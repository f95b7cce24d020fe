import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const platform = fileURLToPath(new URL("../../../examples/ecommerce-platform/", import.meta.url));

/** The documents of some services of the example platform with what all of them share; `implemented` services have a source file too. */
export function platformWith(
  services: readonly string[],
  implemented: readonly string[] = services,
): Record<string, string> {
  const shared = ["constitution.md", "shared/contracts/events/common-events.json"];
  const files = [...shared, ...services.flatMap((name) => filesBelow(`services/${name}-service`))];
  return {
    ...Object.fromEntries(files.map((file) => [file, textOf(file)])),
    ...Object.fromEntries(
      implemented.map((name) => [`services/${name}-service/src/main.ts`, "export {};\n"]),
    ),
  };
}

/** The code is not among them, so the lines of it that ai-doc.md refers to are left out. */
function textOf(file: string): string {
  const text = readFileSync(join(platform, file), "utf8");
  return file.endsWith("/ai-doc.md") ? text.replace(/(`(?:src|test)\/[^`\s:]+):\d+`/g, "$1`") : text;
}

export const allServices = ["auth", "inventory", "notification", "order", "user"];
export const userContract = "services/user-service/contracts/api-spec.yaml";

/** Makes a folder a git repository with all of its files committed. Gives the commit's short name. */
export function commitAll(root: string): string {
  const git = (args: readonly string[]) =>
    execFileSync("git", args, { cwd: root, env: { PATH: process.env.PATH, HOME: root }, encoding: "utf8" });
  for (const args of [
    ["init", "--quiet", "--initial-branch=main"],
    ["add", "--all"],
    ["-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message=First"],
  ])
    git(args);
  return git(["rev-parse", "--short=7", "HEAD"]).trim();
}

function filesBelow(dir: string): string[] {
  return readdirSync(join(platform, dir), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(platform.length))
    .filter((file) => /\.(?:md|ya?ml|json)$/.test(file) && !file.includes("/node_modules/"))
    .sort();
}
