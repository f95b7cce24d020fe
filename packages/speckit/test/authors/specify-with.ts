import { existsSync } from "node:fs";
import { join } from "node:path";
import { goodSpec, runIn, shop } from "./stage.ts";

export const userSpec = "services/user-service/specs/001-user-profile/spec.md";
export const good = goodSpec("user-service", "Profile");
export const inMarkers = (text: string) => `Here it is.\n<document>\n${text}</document>\n`;
export const key = "sk-test-7f3Kq9Zx2LmNpR8s";

/** Lets an author draft the specification of user-service in a shop of its own. */
export async function specifyWith(
  author: string,
  env: Record<string, string>,
  more: Partial<Parameters<typeof runIn>[0]> = {},
  flags: readonly string[] = [],
) {
  const cwd = shop();
  const result = await runIn({ cwd, env, ...more }, [
    "specify",
    "--service=user-service",
    "Create user profile",
    `--author=${author}`,
    ...flags,
  ]);
  return { ...result, cwd, written: existsSync(join(cwd, userSpec)) };
}
