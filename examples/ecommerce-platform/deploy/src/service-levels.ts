/** How the constitution words each measure; the named numbers are what may differ. */
const forms = {
  "Error rate":
    /^more than (?<percent>[\d.]+) % of a service's requests answer 5xx over (?<minutes>\d+) minutes?$/,
  Latency:
    /^the (?<percentile>\d+)th percentile of a service's requests is above (?<milliseconds>\d+) ms over (?<minutes>\d+) minutes?$/,
  Readiness: /^a service is not ready for (?<minutes>\d+) minutes?$/,
  Outbox: /^the oldest unpublished event is older than (?<minutes>\d+) minutes?$/,
  "Dead letters": /^a dead-letter queue is not empty$/,
  "Pending orders": /^an order is pending for more than (?<minutes>\d+) minutes?$/,
} as const;

export type Measure = keyof typeof forms;

export interface ServiceLevel {
  /** As the constitution says it. */
  readonly text: string;
  readonly numbers: Readonly<Record<string, number>>;
}

export type ServiceLevels = ReadonlyMap<Measure, ServiceLevel>;

/** The table says something that no alert is made for; the message names the line. */
class UnreadableServiceLevel extends Error {
  override readonly name = "UnreadableServiceLevel";
}

/** Reads the table below "Service Levels". Throws `UnreadableServiceLevel` for a row that is not understood or is missing. */
export function readServiceLevels(file: string, text: string): ServiceLevels {
  const levels = new Map<Measure, ServiceLevel>();
  for (const { measure, says, line } of rowsOf(text)) {
    const form = forms[measure as Measure];
    if (!form) {
      throw new UnreadableServiceLevel(
        `${file}:${line}: nobody measures "${measure}"; deploy/src/alerts.ts knows how to.`,
      );
    }
    const match = form.exec(says);
    if (!match)
      throw new UnreadableServiceLevel(`${file}:${line}: "${says}" is not worded as ${form.source}.`);
    const numbers = Object.entries(match.groups ?? {}).map(
      ([name, digits]) => [name, Number(digits)] as const,
    );
    levels.set(measure as Measure, { text: says, numbers: Object.fromEntries(numbers) });
  }
  for (const measure of Object.keys(forms)) {
    if (!levels.has(measure as Measure)) {
      throw new UnreadableServiceLevel(`${file}: the table "Service Levels" has no row "${measure}".`);
    }
  }
  return levels;
}

/** The rows of the table without its head. */
function rowsOf(text: string): { measure: string; says: string; line: number }[] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => /^##\s+Service Levels\s*$/.test(line));
  const rows: { measure: string; says: string; line: number }[] = [];
  for (let at = start + 1; start >= 0 && at < lines.length && !/^##\s/.test(lines[at] ?? ""); at++) {
    const [, measure, says] = /^\|([^|]+)\|([^|]+)\|\s*$/.exec(lines[at] ?? "") ?? [];
    if (measure && says) rows.push({ measure: measure.trim(), says: says.trim(), line: at + 1 });
  }
  return rows.slice(2);
}
