/** What `init` wrote, so that a later run sees what a person has changed since: `.speckit/manifest.json`. */
export interface SetupManifest {
  /** Version of the package that wrote it. */
  readonly version: string;
  readonly template: string;
  readonly agents: readonly string[];
  readonly prefix: string;
  /** For the agent `generic`. */
  readonly commandsDir: string | undefined;
  /** SHA-256 of each file as it was written, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** SHA-256 of the new version that was put beside a file that a person had changed. */
  readonly offered: Readonly<Record<string, string>>;
}

export const MANIFEST_FILE = ".speckit/manifest.json";

/** Undefined when the text is no manifest: then nothing is known to be ours, and all that is there stays. Never throws. */
export function parseManifest(text: string): SetupManifest | undefined {
  const value = parseJson(text);
  if (!isRecord(value) || value.schemaVersion !== 1) return undefined;
  const { version, template, agents, prefix, commandsDir, files, offered } = value;
  if (typeof version !== "string" || typeof template !== "string" || typeof prefix !== "string")
    return undefined;
  if (!Array.isArray(agents) || !agents.every((agent) => typeof agent === "string")) return undefined;
  return {
    version,
    template,
    agents,
    prefix,
    commandsDir: typeof commandsDir === "string" ? commandsDir : undefined,
    files: texts(files),
    offered: texts(offered),
  };
}

export function renderManifest({ files, offered, ...rest }: SetupManifest): string {
  const manifest = { schemaVersion: 1, ...rest, files: sorted(files), offered: sorted(offered) };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function sorted(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function texts(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
