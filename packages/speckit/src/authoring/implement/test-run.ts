/**
 * How a run of tests ended. Only `failed` shows that a test looks at something that is not there yet. `no-tests`: none was found. `no-runner`: what
 * runs them is not there.
 */
export type TestVerdict = "passed" | "failed" | "no-tests" | "no-runner";

/** What a program said and how it ended; `exitCode` is undefined when it could not be started or was ended. */
export interface ProgramEnd {
  readonly exitCode: number | undefined;
  /** The last of what it wrote, standard output and error. */
  readonly output: string;
}

const noTests: readonly RegExp[] = [
  /\bno test (?:files?|suites?|cases?) (?:was |were )?found\b|\bno tests? (?:found|ran|collected|were executed|matched|to run)\b|\bcollected 0 items\b/i,
  /\bno Go files in\b|\bno test files\b(?!\])/i,
  /\bno tests (?:matching pattern|found for given includes)/i,
  /^\s*0 passing\b(?![\s\S]*^\s*[1-9]\d* failing\b)|^0 examples, 0 failures(?!.*outside of examples)/m,
  /\bERROR: (?:file or directory )?not found:|Could not find '[^']*'/i,
];
const noRunner: readonly RegExp[] = [
  /could not determine executable to run|npx canceled|npm (?:error|ERR!) code E(?:NOENT|404|NOTFOUND|AI_AGAIN|CONNREFUSED)/i,
  /No module named ['"]?(?:pytest|unittest2|nose)\b|command not found|is not recognized as an internal or external command/i,
  /Cannot find (?:module|package) '[^']*(?:vitest|jest|mocha|ava|tap|tsx)(?:['/])|Missing script: "?test/i,
];

export function judgeTests({ exitCode, output }: ProgramEnd): TestVerdict {
  if (exitCode === undefined || exitCode === 127 || exitCode === 126) return "no-runner";
  if (noTests.some((words) => words.test(output)) || hasNoGoTest(output)) return "no-tests";
  if (exitCode === 0) return "passed";
  return noRunner.some((words) => words.test(output)) ? "no-runner" : "failed";
}

/** Go says of each package without tests that it has none, whatever the others have. */
function hasNoGoTest(output: string): boolean {
  return /\[no test files\]/.test(output) && !/^(?:ok|FAIL|--- \w+:)(?:\s|$)/m.test(output);
}

const runners =
  /\b(?:vitest|jest|mocha|ava|pytest|tox|nox|rspec|phpunit|playwright test|cypress run|unittest|behave|cucumber)\b|\bnode (?:\S+ )*--test\b|\b(?:go|cargo|dotnet|swift|deno|bun|mix|flutter|mvn|mvnw|gradlew?|rake|make|npm|pnpm|yarn)(?: (?:-\S+|run))* (?:\w+:)?test(?:[\w:-]*)(?: |$)|\bmvn(?:w)? (?:\S+ )*(?:test|verify)\b/;

/** Whether a command runs tests. */
export function runsTests(command: string): boolean {
  return runners.test(command);
}

/** The command that runs one file of tests, given what the manifests of its service list; undefined when its language is none of those known here. */
export function testCommandFor(file: string, packages: ReadonlySet<string>): string | undefined {
  // A name that a shell or a program would take for something else is nobody's to run.
  if (!/^[\w@+.()[\]/-]+$/.test(file) || file.startsWith("-")) return undefined;
  if (/\.[cm]?[jt]sx?$/.test(file)) return scriptTests(file, packages);
  if (file.endsWith(".py")) return `pytest ${file}`;
  if (file.endsWith("_test.go")) return `go test ./${file.slice(0, Math.max(0, file.lastIndexOf("/")))}`;
  const name = file.slice(file.lastIndexOf("/") + 1);
  if (file.endsWith(".java") || file.endsWith(".kt")) {
    const tests = name.replace(/\.\w+$/, "");
    return packages.has("gradle") ? `./gradlew test --tests ${tests}` : `mvn test -Dtest=${tests}`;
  }
  if (file.endsWith(".rb")) return `bundle exec rspec ${file}`;
  return undefined;
}

function scriptTests(file: string, packages: ReadonlySet<string>): string | undefined {
  if (packages.has("vitest")) return `npx vitest run ${file}`;
  if (packages.has("jest")) return `npx jest ${file}`;
  if (packages.has("mocha")) return `npx mocha ${file}`;
  if (packages.has("@playwright/test")) return `npx playwright test ${file}`;
  return /\.[cm]?ts$/.test(file) && packages.has("tsx")
    ? `node --import tsx --test ${file}`
    : /\.[cm]?js$/.test(file)
      ? `node --test ${file}`
      : undefined;
}
