/** Lines of one program out of a log in which several write. */
export interface LogSource {
  /** The container, unit or process that wrote them; undefined where the lines do not say. */
  readonly name: string | undefined;
  readonly lines: readonly string[];
}

/** How a tool writes before each line who wrote it. */
interface Prefix {
  readonly pattern: RegExp;
  /** Looks like what others write too, so that most of the lines must have it. */
  readonly onlyWhereUsual?: boolean;
}

const prefixes: readonly Prefix[] = [
  // docker compose: order-service-1  | …
  { pattern: /^(?<name>[a-zA-Z][\w.-]*[-_]\d+)\s+\|(?: |$)/ },
  { pattern: /^(?:\d\d:\d\d:\d\d )?(?<name>[a-zA-Z][\w.-]*)\s+\|(?: |$)/, onlyWhereUsual: true },
  // kubectl logs --prefix, stern
  { pattern: /^\[pod\/[^/\]\s]+\/(?<name>[^\]\s]+)\] ?/ },
  // journald, syslog
  { pattern: /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ (?<name>[\w./-]+)(?:\[\d+\])?: ?/ },
  // concurrently, turbo
  { pattern: /^\[(?<name>[\w@/.-]+)\] /, onlyWhereUsual: true },
  { pattern: /^(?<name>@?[\w/.-]+:[\w-]+): /, onlyWhereUsual: true },
];
const USUAL = 0.6;

/** What a runtime of containers writes before each line. */
const criPrefix = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) (?:stdout|stderr) [FP] /;
const timePrefix = /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\]? /;

/**
 * The lines of a log by who wrote them, without what stands before each because of that: names of containers, units and pods, and times. Who wrote last
 * comes last. A text without such names is one source.
 */
export function logSources(text: string): LogSource[] {
  const lines = text.split("\n");
  const prefix = prefixes.find((one) => isUsed(one, lines));
  const sources = new Map<string | undefined, string[]>();
  for (const line of lines) {
    const found = prefix?.pattern.exec(line);
    const name = found?.groups?.name;
    const own = sources.get(name) ?? [];
    // Whoever writes now comes last.
    sources.delete(name);
    own.push(withoutTime(line.slice(found?.[0].length ?? 0)));
    sources.set(name, own);
  }
  return [...sources].map(([name, own]) => ({
    name: name === undefined ? undefined : withoutReplica(name),
    lines: withoutGroups(own),
  }));
}

function isUsed({ pattern, onlyWhereUsual = false }: Prefix, lines: readonly string[]): boolean {
  const written = lines.filter((line) => line.trim() !== "");
  const having = written.filter((line) => pattern.test(line)).length;
  return onlyWhereUsual ? written.length > 1 && having >= written.length * USUAL : having > 0;
}

function withoutTime(line: string): string {
  return line.replace(criPrefix, "").replace(timePrefix, "");
}

/** `billing-1` is a replica of billing, and `billing-7d9f8b5c-x2x9p` too: Kubernetes takes letters of which no words can be made. */
function withoutReplica(name: string): string {
  return name.replace(/[-_]\d+$|-[bcdf-hj-np-tv-z\d]{6,10}-[bcdf-hj-np-tv-z\d]{5}$/, "");
}

/** Python draws lines beside the errors of a group. */
function withoutGroups(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => line.includes("Exception Group Traceback"))) return lines;
  return lines
    .filter((line) => !/^\s*\+[-+]/.test(line))
    .map((line) => line.replace(/^(?:\s*[|+](?: |$))+/, "").replace(/^Exception Group (?=Traceback)/, ""));
}
