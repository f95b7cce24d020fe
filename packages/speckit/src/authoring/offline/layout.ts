import { kebab } from "./words.ts";

/** Where things stand in a service of one language, and the commands that run it. Paths are relative to the service. */
export interface Layout {
  readonly language: string;
  readonly framework: string;
  /** The service is built on `@speckit/service-kit`. */
  readonly isOnKit: boolean;
  readonly manifests: readonly string[];
  readonly packages: readonly string[];
  /** Shows that the set-up is whole. */
  readonly start: string;
  /** Runs the tests of one file. */
  readonly testCommand: (file: string) => string;
  readonly testTool: string;
  /** The files of a part of the service, those of its tests last. `name` is that of an operation, an event, a story. */
  readonly files: (part: Part, name: string) => readonly string[];
}

/** What a task makes. `contract` and `scenario` are tests. */
export type Part =
  | "model"
  | "operation"
  | "consumer"
  | "publication"
  | "outbox"
  | "inbox"
  | "dead-letters"
  | "client"
  | "health"
  | "story"
  | "contract"
  | "scenario";

/** What a folder is for; languages name folders differently. */
type Role =
  | "model"
  | "store"
  | "operation"
  | "consumer"
  | "event"
  | "messaging"
  | "message"
  | "client"
  | "health"
  | "contract"
  | "scenario";

/** Where files stand: a folder for each role, a way to write names. */
type Places = Pick<Style, "folders" | "sources" | "tests" | "fileName" | "testName">;

interface Style {
  readonly framework: string;
  readonly frameworks: readonly string[];
  readonly manifests: readonly string[];
  readonly packages: readonly string[];
  readonly start: string;
  readonly test: (file: string) => string;
  readonly testTool: string;
  readonly folders: Readonly<Record<Role, string>>;
  readonly sources: string;
  readonly tests: string;
  readonly fileName: (name: string) => string;
  readonly testName: (name: string) => string;
  readonly files?: (part: Part, name: string, places: Places) => readonly string[];
}

const snake = (name: string) => kebab(name).replace(/-/g, "_");
const camel = (name: string) =>
  kebab(name).replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const common: Readonly<Record<Role, string>> = {
  model: "models",
  store: "store",
  operation: "api",
  consumer: "consumers",
  event: "messaging",
  messaging: "messaging",
  message: "messages",
  client: "clients",
  health: "api",
  contract: "contract",
  scenario: "scenarios",
};
const node: Style = {
  framework: "Fastify",
  frameworks: ["Express", "NestJS", "Koa", "Hono"],
  manifests: ["package.json", "tsconfig.json"],
  packages: ["vitest"],
  start: "npm start",
  test: (file) => `npx vitest run ${file}`,
  testTool: "vitest",
  folders: { ...common, model: "domain", operation: "routes", health: "routes" },
  sources: "src/",
  tests: "test/",
  fileName: (name) => `${kebab(name)}.ts`,
  testName: (name) => `${kebab(name)}.test.ts`,
};
/** Services on `@speckit/service-kit`, as `implement --author offline` writes them. */
const onKit: Style = {
  ...node,
  frameworks: [],
  manifests: [
    "package.json",
    "tsconfig.json",
    "tsconfig.build.json",
    "vitest.config.ts",
    "src/main.ts",
    "src/service.ts",
    "src/app.ts",
    "src/store/migrations.ts",
    "test/support/app.ts",
    "test/support/contract.ts",
  ],
  packages: ["@speckit/service-kit", "kysely", "typescript", "vitest"],
  start: "npm install && npm run build",
  folders: { ...node.folders, event: "events" },
  files: (part, name, places) => {
    const messageTest = fileOf("message", name, places, "test");
    switch (part) {
      case "model":
        return ["src/store/migrations.ts", ...pairOf("store", name, places)];
      case "publication":
        return pairOf("event", name, places);
      // The kit has what these need; the app says that the service uses it.
      case "outbox":
      case "inbox":
      case "dead-letters":
        return ["src/app.ts", messageTest];
      case "health":
        return ["src/service.ts", "test/health.test.ts"];
      case "story":
        return [fileOf("model", name, places, "source")];
      default:
        return usualFiles(part, name, places);
    }
  },
};
const styles: Readonly<Record<string, Style>> = {
  TypeScript: node,
  JavaScript: {
    ...node,
    manifests: ["package.json"],
    fileName: (name) => `${kebab(name)}.js`,
    testName: (name) => `${kebab(name)}.test.js`,
  },
  Python: {
    framework: "FastAPI",
    frameworks: ["Flask", "Django"],
    manifests: ["pyproject.toml", "requirements.txt"],
    packages: ["uvicorn", "pytest"],
    start: "uvicorn app:app",
    test: (file) => `pytest ${file}`,
    testTool: "pytest",
    folders: common,
    sources: "src/",
    tests: "tests/",
    fileName: (name) => `${snake(name)}.py`,
    testName: (name) => `test_${snake(name)}.py`,
  },
  Go: {
    framework: "net/http",
    frameworks: ["Gin", "Echo", "Fiber"],
    manifests: ["go.mod"],
    packages: [],
    start: "go run ./cmd/server",
    test: (file) => `go test ./${file.slice(0, file.lastIndexOf("/"))}`,
    testTool: "go test",
    folders: common,
    sources: "internal/",
    tests: "internal/",
    fileName: (name) => `${snake(name)}.go`,
    testName: (name) => `${snake(name)}_test.go`,
  },
  Java: {
    framework: "Spring Boot",
    frameworks: ["Quarkus", "Micronaut"],
    manifests: ["pom.xml"],
    packages: [],
    start: "mvn spring-boot:run",
    test: (file) => `mvn test -Dtest=${file.slice(file.lastIndexOf("/") + 1).replace(/\.java$/, "")}`,
    testTool: "JUnit",
    folders: common,
    sources: "src/main/java/",
    tests: "src/test/java/",
    fileName: (name) => `${camel(name)}.java`,
    testName: (name) => `${camel(name)}Test.java`,
  },
};

/** The layout of a language; TypeScript's where the language is unknown or has none here. `onKit`: nothing of the service is there that is built otherwise. */
export function layoutOf(
  language: string | undefined,
  framework: string | undefined,
  mayUseKit = true,
): Layout {
  const known = language !== undefined && Object.hasOwn(styles, language) ? language : "TypeScript";
  const usual = styles[known] ?? node;
  const chosen = framework ?? usual.framework;
  const isKit = usual === node && mayUseKit && !node.frameworks.includes(chosen);
  const style = isKit ? onKit : usual;
  const fits = chosen === style.framework || style.frameworks.includes(chosen);
  const files = style.files ?? usualFiles;
  return {
    language: known,
    framework: fits ? chosen : style.framework,
    isOnKit: isKit,
    manifests: style.manifests,
    packages: isKit ? style.packages : [...frameworkPackage(chosen), ...style.packages],
    start: style.start,
    testCommand: style.test,
    testTool: style.testTool,
    files: (part, name) => files(part, name, style),
  };
}

function frameworkPackage(framework: string): string[] {
  const name = kebab(framework)
    .replace(/^fast-api$/, "fastapi")
    .replace(/^net-http$/, "");
  return name === "" ? [] : [name];
}

const roles: Readonly<Partial<Record<Part, Role>>> = {
  publication: "messaging",
  outbox: "messaging",
  inbox: "messaging",
  "dead-letters": "messaging",
  story: "scenario",
};

function usualFiles(part: Part, name: string, places: Places): readonly string[] {
  const role = roles[part] ?? (part as Role);
  if (part === "contract" || part === "scenario") return [fileOf(role, name, places, "test")];
  if (part === "operation" || part === "story") return [fileOf(role, name, places, "source")];
  return pairOf(role, name, places);
}

function pairOf(role: Role, name: string, places: Places): readonly string[] {
  return [fileOf(role, name, places, "source"), fileOf(role, name, places, "test")];
}

function fileOf(role: Role, name: string, places: Places, kind: "source" | "test"): string {
  const { folders, sources, tests, fileName, testName } = places;
  return kind === "source"
    ? `${sources}${folders[role]}/${fileName(name)}`
    : `${tests}${folders[role]}/${testName(name)}`;
}
