/** What a stack is made of. */
export type Topic = "language" | "framework" | "database" | "message bus" | "cache" | "API gateway";

export interface Technology {
  readonly topic: Topic;
  readonly name: string;
}

interface Spelling {
  /** Part of a regular expression, for upper and lower case alike. */
  readonly any?: string;
  /** For names that are everyday words too: in exactly this spelling. */
  readonly exact?: string;
}

/** By topic: the name that findings use, and how people write it. */
const vocabulary: Readonly<Record<Topic, Readonly<Record<string, Spelling>>>> = {
  language: {
    TypeScript: { any: "typescript" },
    JavaScript: { any: "javascript" },
    Python: { any: "python" },
    Go: { any: "golang", exact: "Go(?! to\\b)" },
    Java: { any: "java" },
    Kotlin: { any: "kotlin" },
    "C#": { any: "c#|csharp|\\.net(?: core)?" },
    Rust: { any: "rust" },
    Ruby: { any: "ruby(?! on rails)" },
    PHP: { any: "php" },
    Scala: { any: "scala" },
    Elixir: { any: "elixir" },
    Swift: { exact: "Swift" },
    Dart: { exact: "Dart" },
  },
  framework: {
    FastAPI: { any: "fastapi" },
    Flask: { any: "flask" },
    Django: { any: "django" },
    Express: { any: "express\\.?js", exact: "Express" },
    Fastify: { any: "fastify" },
    NestJS: { any: "nest\\.?js" },
    Koa: { any: "koa\\.?js", exact: "Koa" },
    Hono: { any: "hono\\.?js", exact: "Hono" },
    "Spring Boot": { any: "spring[ -]?boot" },
    Quarkus: { any: "quarkus" },
    Micronaut: { any: "micronaut" },
    Ktor: { any: "ktor" },
    Gin: { exact: "Gin" },
    Echo: { exact: "Echo" },
    Fiber: { exact: "Fiber" },
    Actix: { any: "actix(?:-web)?" },
    Axum: { any: "axum" },
    Rails: { any: "(?:ruby on )?rails" },
    Laravel: { any: "laravel" },
    Symfony: { any: "symfony" },
    "ASP.NET Core": { any: "asp\\.net(?: core)?" },
    Phoenix: { exact: "Phoenix" },
  },
  database: {
    PostgreSQL: { any: "postgres(?:ql)?" },
    MySQL: { any: "mysql" },
    MariaDB: { any: "mariadb" },
    MongoDB: { any: "mongo(?:db)?" },
    SQLite: { any: "sqlite" },
    "SQL Server": { any: "(?:ms ?)?sql ?server|mssql" },
    Oracle: { any: "oracle(?: database| db)?" },
    DynamoDB: { any: "dynamo ?db" },
    Cassandra: { any: "cassandra" },
    CockroachDB: { any: "cockroach ?db" },
    Firestore: { any: "firestore" },
    Couchbase: { any: "couchbase" },
    Neo4j: { any: "neo4j" },
  },
  "message bus": {
    RabbitMQ: { any: "rabbit ?mq" },
    Kafka: { any: "(?:apache )?kafka" },
    NATS: { exact: "NATS" },
    ActiveMQ: { any: "active ?mq" },
    Pulsar: { any: "(?:apache )?pulsar" },
    SQS: { any: "(?:amazon|aws) sqs", exact: "SQS" },
    "Azure Service Bus": { any: "azure service bus" },
    "Google Pub/Sub": { any: "(?:google |gcp )(?:cloud )?pub/?sub" },
    EventBridge: { any: "eventbridge" },
  },
  cache: {
    Redis: { any: "redis" },
    Memcached: { any: "memcached" },
    Valkey: { any: "valkey" },
    Hazelcast: { any: "hazelcast" },
  },
  "API gateway": {
    Kong: { exact: "Kong" },
    Traefik: { any: "traefik" },
    NGINX: { any: "nginx" },
    Envoy: { exact: "Envoy" },
    "AWS API Gateway": { any: "(?:aws|amazon) api gateway" },
    Apigee: { any: "apigee" },
    Tyk: { exact: "Tyk" },
    KrakenD: { any: "krakend" },
    HAProxy: { any: "haproxy" },
  },
};

interface Recognised extends Technology {
  readonly pattern: RegExp;
}

const recognised: readonly Recognised[] = Object.entries(vocabulary).flatMap(([topic, names]) =>
  Object.entries(names).flatMap(([name, { any, exact }]) =>
    [any === undefined ? undefined : word(any, "iu"), exact === undefined ? undefined : word(exact, "u")]
      .filter((pattern) => pattern !== undefined)
      .map((pattern) => ({ topic: topic as Topic, name, pattern })),
  ),
);

/** Stands alone: no letter or digit around it, in any script. */
function word(source: string, flags: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}.#-])(?:${source})(?![\\p{L}\\p{N}#])`, flags);
}

/** The technologies that a text names, each once, in the order in which they stand there. */
export function technologiesIn(text: string): Technology[] {
  const found = new Map<string, { readonly technology: Technology; readonly index: number }>();
  for (const { topic, name, pattern } of recognised) {
    const index = text.search(pattern);
    if (index === -1 || (found.get(name)?.index ?? Number.POSITIVE_INFINITY) <= index) continue;
    found.set(name, { technology: { topic, name }, index });
  }
  return [...found.values()].sort((a, b) => a.index - b.index).map(({ technology }) => technology);
}
