import type { Plan } from "../../model/plan.ts";
import { technologiesIn } from "../../model/technology.ts";
import type { Workspace } from "../../model/workspace.ts";
import { stackOf } from "../setup/stack.ts";
import { choiceOf, statedValue } from "./constitution-words.ts";
import { type Layout, layoutOf } from "./layout.ts";

/** A part that the service is made of. */
export interface Component {
  /** What a plan says of it: "PostgreSQL for user credentials". */
  readonly text: string;
  /** What is installed for it; undefined where nothing is. */
  readonly package: string | undefined;
}

export interface Stack {
  readonly layout: Layout;
  readonly language: string | undefined;
  readonly framework: string | undefined;
  readonly database: string | undefined;
  readonly messageBus: string | undefined;
  readonly cache: string | undefined;
  readonly gateway: string | undefined;
  readonly authentication: string | undefined;
}

/** What the plan says, else what the constitution chooses, else what most services use. */
export function stackFor(workspace: Workspace, plan: Plan | undefined, mayUseKit: boolean): Stack {
  const { constitution } = workspace;
  const used = stackOf(workspace);
  const planned = (topic: string) =>
    technologiesIn(
      (plan?.entries ?? [])
        .filter(({ key }) => /language|framework|storage|database|bus|cache/i.test(key))
        .map(({ value }) => value)
        .join("; "),
    ).find((one) => one.topic === topic)?.name;
  const language = planned("language") ?? choiceOf(constitution, "language") ?? used.language;
  const framework = planned("framework") ?? choiceOf(constitution, "framework") ?? used.framework;
  return {
    layout: layoutOf(language, framework, mayUseKit),
    language,
    framework,
    database: planned("database") ?? choiceOf(constitution, "database") ?? used.database,
    messageBus: planned("message bus") ?? choiceOf(constitution, "message bus") ?? used["message bus"],
    cache: planned("cache") ?? choiceOf(constitution, "cache"),
    gateway: choiceOf(constitution, "API gateway") ?? used["API gateway"],
    authentication: statedValue(constitution, /^\W*auth/i),
  };
}

/** Packages by what they connect to, for each language. */
const packages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  PostgreSQL: { Python: "sqlalchemy", TypeScript: "pg", JavaScript: "pg", Go: "pgx" },
  MySQL: { Python: "sqlalchemy", TypeScript: "mysql2", JavaScript: "mysql2" },
  MongoDB: { Python: "pymongo", TypeScript: "mongodb", JavaScript: "mongodb" },
  RabbitMQ: { Python: "aio-pika", TypeScript: "amqplib", JavaScript: "amqplib", Go: "amqp091-go" },
  Kafka: { Python: "aiokafka", TypeScript: "kafkajs", JavaScript: "kafkajs", Go: "kafka-go" },
  Redis: { Python: "redis", TypeScript: "ioredis", JavaScript: "ioredis", Go: "go-redis" },
  JWT: { Python: "pyjwt", TypeScript: "jose", JavaScript: "jose", Go: "golang-jwt" },
  password: {
    Python: "bcrypt",
    TypeScript: "@node-rs/argon2",
    JavaScript: "@node-rs/argon2",
    Go: "bcrypt",
  },
};

const broughtByKit = new Set(["pg", "amqplib"]);

/** The parts that a specification asks for, each from the constitution's stack. `text` is all that it says. */
export function componentsFor(stack: Stack, text: string, hasEvents: boolean, stores: string): Component[] {
  const { layout, database, messageBus, cache } = stack;
  const named = (what: string) => {
    const name = packages[what]?.[layout.language];
    return layout.isOnKit && name !== undefined && broughtByKit.has(name) ? undefined : name;
  };
  const usesTokens =
    /\bjwt\b/i.test(`${stack.authentication ?? ""} ${text}`) && /\btokens?\b|\bjwt\b/i.test(text);
  const part = (what: string, text: string): Component => ({ text, package: named(what) });
  const fast = cache ?? "Redis";
  const found: (Component | false | undefined)[] = [
    { text: `${layout.framework} framework`, package: undefined },
    usesTokens && part("JWT", `JWT library${named("JWT") ? ` (${displayName(named("JWT"))})` : ""}`),
    database !== undefined && part(database, `${database} for ${stores}`),
    /\b(?:log(?:s|ged)?[ -]?out|logout|revo(?:ke|cation)|blacklist)/i.test(text)
      ? part(fast, `${fast} for token blacklist`)
      : cache !== undefined && /\bcach/i.test(text) && part(cache, `${cache} for cached answers`),
    /\bpasswords?\b/i.test(text) && part("password", `${named("password") ?? "bcrypt"} for password hashing`),
    hasEvents && messageBus !== undefined && part(messageBus, `${messageBus} for events`),
  ];
  return found.filter((component) => typeof component === "object");
}

/** Python's index writes names in lower case, people do not. */
function displayName(name: string | undefined): string | undefined {
  return name === "pyjwt" ? "PyJWT" : name;
}
