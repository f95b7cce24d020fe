import type { Facts } from "../facts.ts";
import { filesBelow, pathIn } from "../subject.ts";

import { code, type Section } from "./section.ts";

type Commands = (text: string, facts: Facts) => readonly string[];

/** Files that say how a service is built, started and tested. */
const builders: readonly (readonly [RegExp, Commands])[] = [
  [/^package\.json$/, npmCommands],
  [
    /^(?:pyproject\.toml|requirements\.txt)$/,
    (text, facts) => [
      ...(text.includes("uvicorn") ? uvicorn(facts) : []),
      ...(text.includes("pytest") ? ["pytest"] : []),
    ],
  ],
  [/^go\.mod$/, () => ["go build ./...", "go test ./..."]],
  [
    /^pom\.xml$/,
    (text) => [text.includes("spring-boot") ? "mvn spring-boot:run" : "mvn package", "mvn test"],
  ],
  [
    /^build\.gradle(?:\.kts)?$/,
    (text) => [
      ...(/spring[-.]?(?:framework\.)?boot/.test(text) ? ["./gradlew bootRun"] : []),
      "./gradlew test",
    ],
  ],
];

/** What the service is made of, and how it is run. */
export function runningSections(facts: Facts): Section[] {
  const { service, workspace, textOf } = facts;
  const own = filesBelow(service.dir, workspace.files ?? []).filter(
    (file) => !pathIn(facts, file).includes("/"),
  );
  const commands = own.flatMap((file) => {
    const reader = builders.find(([pattern]) => pattern.test(pathIn(facts, file)))?.[1];
    return (reader?.(textOf(file) ?? "", facts) ?? []).map((command) => `- ${code(command)}`);
  });
  const docker = own.some((file) => /(?:^|\/)Dockerfile$/.test(file))
    ? [`- ${code(`docker build -t ${service.name} .`)}`]
    : [];
  const verify =
    service.implemented && service.apis.length > 0
      ? [
          `- ${code(`speckit verify --service=${service.name} --url http://localhost:PORT`)}: hold the running service against its contract`,
        ]
      : [];
  const lines = [...new Set([...commands, ...docker, ...verify])];
  const made = service.manifests.flatMap(({ file, technologies }) =>
    technologies.map(
      ({ topic, name, package: installed }) =>
        `- ${name}, ${topic}: ${code(installed)} (${code(pathIn(facts, file))})`,
    ),
  );
  return [
    ...(made.length > 0 ? [{ title: "Dependencies", lines: [...new Set(made)] }] : []),
    ...(lines.length > 0
      ? [
          {
            title: "Run and test",
            lines: [
              `From ${service.dir === "." ? "the root of the repository" : code(service.dir)}:`,
              "",
              ...lines,
            ],
          },
        ]
      : []),
  ];
}

/** The application of a FastAPI service, where its code makes one. */
function uvicorn({ files, textOf }: Facts): string[] {
  for (const { file, path } of files) {
    if (!path.endsWith(".py")) continue;
    const name = /^(\w+)\s*(?::[^=\n]+)?=\s*FastAPI\(/m.exec(textOf(file) ?? "")?.[1];
    if (name !== undefined) return [`uvicorn ${path.replace(/\.py$/, "").replaceAll("/", ".")}:${name}`];
  }
  return [];
}

function npmCommands(text: string): string[] {
  try {
    const { scripts } = JSON.parse(text) as { scripts?: unknown };
    if (typeof scripts !== "object" || scripts === null) return [];
    const known = ["build", "dev", "start", "test", "lint"].filter((name) => Object.hasOwn(scripts, name));
    return known.map((name) => (name === "start" || name === "test" ? `npm ${name}` : `npm run ${name}`));
  } catch {
    return [];
  }
}
