import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Names the engine that runs: what one engine remembers, another must not use. Written by the build; when run from sources there is none, and
 * nothing is remembered, since they may change at any time.
 */
export function engineId(): string | undefined {
  try {
    return readFileSync(fileURLToPath(new URL("../build-id", import.meta.url)), "utf8").trim() || undefined;
  } catch {
    return undefined;
  }
}
