/** Whether a path keeps to a prefix. */
export type KeepsPrefix = (path: string) => boolean;

/** Turns a prefix such as `/api/v1/` or `/api/v{n}/` into a test of paths; `v{n}` asks for a version anywhere near the beginning. */
export function versionedPath(prefix: string): KeepsPrefix {
  if (prefix === "v{n}") return (path) => /^(?:\/[^/]+){0,3}\/v\d+(?:\.\d+)?(?=\/|$)/i.test(path);
  const segments = prefix.split("/").filter(Boolean);
  const lowest = segments.map(versionOf).find((version) => version !== undefined) ?? 0;
  const pattern = new RegExp(`^${segments.map((segment) => `/${partOf(segment)}`).join("")}(?=/|$)`);
  // A newer version of an operation keeps the old one's rule, so the version that is named is the lowest one that counts.
  return (path) =>
    Number(pattern.exec(path)?.groups?.version ?? (lowest === 0 && pattern.test(path) ? 0 : -1)) >= lowest;
}

function partOf(segment: string): string {
  if (versionOf(segment) !== undefined || /^v(?:\{\w+\}|<\w+>|n|x)$/i.test(segment))
    return "[vV](?<version>\\d+(?:\\.\\d+)?)";
  return /^[{<].*[}>]$/.test(segment) ? "[^/]+" : segment.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function versionOf(segment: string): number | undefined {
  const version = /^v(\d+(?:\.\d+)?)$/i.exec(segment)?.[1];
  return version === undefined ? undefined : Number(version);
}
