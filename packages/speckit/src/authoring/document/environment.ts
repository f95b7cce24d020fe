import { groupBy } from "../../model/group-by.ts";
import { compareText } from "../../model/location.ts";
import { serviceFinder } from "../../model/service-names.ts";
import { isTestFile } from "../../model/test-files.ts";
import type { DatabaseFact } from "./integration.ts";
import { filesBelow, linesOf, type Reference, type Subject } from "./subject.ts";
import { writtenMeanings } from "./written-meanings.ts";

/** A variable of the environment that the service's code reads, or that its deployment gives it for the database. */
export interface Variable {
  readonly name: string;
  readonly meaning: string | undefined;
  /** Empty where a library reads it. */
  readonly readAt: readonly Reference[];
}

/** What runs everywhere and says nothing about the service; read from the environment all the same. */
const everywhere = /^(?:NODE_ENV|PATH|HOME|USER|TZ|LANG|CI|DEBUG|PWD|TMPDIR|NO_COLOR|FORCE_COLOR|HOSTNAME)$/;

/** Variables that code outside of tests reads, those that a service cannot do without first. */
export function variablesOf(subject: Subject, database: DatabaseFact): Variable[] {
  const given = subject.service.databases.flatMap(({ variable }) => variable ?? []);
  const read = subject.service.code.environment.filter(
    ({ name, at }) => !isTestFile(at.file) && !everywhere.test(name),
  );
  const samples = sampleComments(subject);
  const written = writtenMeanings(subject);
  const byName = groupBy(read, ({ name }) => name);
  return [...new Set([...byName.keys(), ...given])]
    .map((name): Variable => {
      const places = byName.get(name) ?? [];
      const lines = new Map(places.map(({ at }) => [`${at.file}:${at.line}`, at]));
      return {
        name,
        meaning:
          samples.get(name) ??
          commentAt(subject, places[0]?.at) ??
          written.get(name) ??
          meaningOf(name, subject, database),
        readAt: [...lines.values()].map(({ file, line }) => ({ file, line, name })),
      };
    })
    .sort((a, b) => worthOf(b.name) - worthOf(a.name) || compareText(a.name, b.name));
}

function worthOf(name: string): number {
  if (/DATABASE|^DB_URL|POSTGRES|MYSQL|MONGO/.test(name)) return 5;
  if (/SECRET|PRIVATE_KEY|API_KEY|TOKEN$/.test(name)) return 4;
  if (/_(?:URL|URI|DSN|HOST|ADDR|ADDRESS|BROKERS?|SERVERS)$/.test(name)) return 3;
  return /^(?:PORT|HOST|LOG_LEVEL)$|_(?:PREFIX|SIZE|ROOT)$/.test(name) ? 0 : 1;
}

const sampleFile = /(?:^|\/)\.?env[.-](?:example|sample|template|dist)$|(?:^|\/)(?:example|sample)\.env$/;

/** What a sample of the environment says of each variable. Only samples are looked at: the others hold secrets. */
function sampleComments(subject: Subject): Map<string, string> {
  const { workspace, service } = subject;
  const found = new Map<string, string>();
  for (const file of filesBelow(service.dir, workspace.files ?? [])) {
    if (!sampleFile.test(file)) continue;
    const lines = linesOf(subject, file);
    for (const [index, line] of lines.entries()) {
      const [, name, rest = ""] = /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=(.*)$/.exec(line) ?? [];
      if (name === undefined) continue;
      const comment = /\s#\s*(.+)$/.exec(rest)?.[1] ?? /^\s*#\s*(.+)$/.exec(lines[index - 1] ?? "")?.[1];
      if (comment !== undefined && !/=/.test(comment)) found.set(name, trimmed(comment));
    }
  }
  return found;
}

/** The remark at the end of the line that reads a variable. */
function commentAt(subject: Subject, at: { file: string; line: number } | undefined): string | undefined {
  if (!at) return undefined;
  const line = linesOf(subject, at.file)[at.line - 1] ?? "";
  const comment = /(?:[;,)\]"']\s*)(?:\/\/|#)\s*([\p{L}][^#]{3,60})$/u.exec(line)?.[1];
  return comment === undefined || /eslint|noqa|type:|biome|nolint/.test(comment)
    ? undefined
    : trimmed(comment);
}

function trimmed(text: string): string {
  return text.replace(/[.\s]+$/, "").trim();
}

const known: readonly (readonly [RegExp, string])[] = [
  [/^(?:AMQP|RABBITMQ)_(?:URL|URI|HOST)$/, "Message bus"],
  [/^KAFKA_|_BROKERS?$/, "Kafka brokers"],
  [/^NATS_(?:URL|SERVERS?)$/, "NATS server"],
  [/^REDIS_(?:URL|HOST|ADDR)/, "Redis"],
  [/^(?:SMTP|MAIL)_(?:URL|HOST|SERVER)$/, "Mail server"],
  [/^JWT_(?:SECRET|KEY)|^TOKEN_SECRET/, "Token signing key"],
  [/^PORT$/, "Port to listen on"],
  [/^HOST$/, "Address to listen on"],
  [/^LOG_LEVEL$/, "Least severe logs written"],
  [/^OTEL_/, "Where traces go"],
];

/** What the name says: a database, another service, or its words. */
function meaningOf(name: string, subject: Subject, database: DatabaseFact): string | undefined {
  const { workspace, service } = subject;
  if (worthOf(name) === 5 && !/POOL|SIZE|TIMEOUT|USER|PASSWORD|NAME|PORT/.test(name))
    return `${database.technology ?? "Database"} connection`;
  const [, stem = ""] = /^(.+?)_(?:SERVICE_)?(?:BASE_)?(?:URL|URI|HOST|ADDR|ADDRESS)$/.exec(name) ?? [];
  const other =
    stem === "" ? undefined : serviceFinder(workspace.services, workspace.names)(stem.toLowerCase());
  if (other && other.name !== service.name) return `Address of ${other.name}`;
  return known.find(([pattern]) => pattern.test(name))?.[1];
}
