import { existsSync, readFileSync } from "node:fs";
import type { SetupManifest } from "../../authoring/setup/manifest.ts";
import { isRegistered, type McpPlace } from "../../authoring/setup/mcp-registration.ts";
import { hashOf, presentAt } from "./apply-setup.ts";
import { pathBelow, SetupRefused, statOf } from "./safe-path.ts";

/** How what `init` wrote stands to what is there now. Paths are relative to the folder, sorted. */
export interface Drift {
  readonly unchanged: readonly string[];
  readonly edited: readonly string[];
  readonly missing: readonly string[];
  /** New versions beside edited files, which nobody has merged yet. */
  readonly waiting: readonly string[];
}

/** Compares a folder with its manifest. Entries that lead out of it are not looked at. */
export function findDrift(base: string, { files, offered }: SetupManifest): Drift {
  const drift = {
    unchanged: [] as string[],
    edited: [] as string[],
    missing: [] as string[],
    waiting: [] as string[],
  };
  for (const [file, hash] of Object.entries(files).sort()) {
    const path = below(base, file);
    if (path === undefined) continue;
    const present = presentAt(path);
    if (present.kind === "absent") drift.missing.push(file);
    else drift[present.kind === "file" && present.hash === hash ? "unchanged" : "edited"].push(file);
  }
  for (const [file, hash] of Object.entries(offered).sort()) {
    const path = below(base, `${file}.new`);
    if (path !== undefined && statOf(path)?.isFile() && hashOf(readFileSync(path)) === hash)
      drift.waiting.push(`${file}.new`);
  }
  return drift;
}

/** The first of these places in which the MCP server is registered. */
export function registeredIn(base: string, places: readonly McpPlace[]): string | undefined {
  return places.find((place) => {
    const path = below(base, place.file);
    return (
      path !== undefined &&
      existsSync(path) &&
      statOf(path)?.isFile() &&
      isRegistered(place, readFileSync(path, "utf8"))
    );
  })?.file;
}

function below(base: string, file: string): string | undefined {
  try {
    return pathBelow(base, file);
  } catch (error) {
    if (error instanceof SetupRefused) return undefined;
    throw error;
  }
}
