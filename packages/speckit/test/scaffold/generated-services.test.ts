import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folderWith } from "../run-cli.ts";
import { type Files, generate } from "./generate.ts";
import { alone, fleet, names } from "./shapes.ts";

const repository = fileURLToPath(new URL("../../../..", import.meta.url));
const running = new Set<ChildProcess>();

let root = "";
beforeAll(async () => {
  // The packages of this repository are those of the fleet.
  root = folderWith({ node_modules: { linkTo: join(repository, "node_modules") } });
  let files = { ...fleet };
  for (const name of names) files = { ...files, ...(await generate(files, name)).files };
  writeAll(root, files);
});
afterAll(() => {
  for (const child of running) child.kill();
});

function writeAll(folder: string, files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

/** Runs a tool of a package to its end. */
async function run(
  script: string,
  args: readonly string[],
  cwd = root,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(repository, "node_modules", script), ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, CI: "true", NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  running.delete(child);
  return { code, said };
}

interface TestFile {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly {
    readonly title: string;
    readonly failureMessages: readonly string[];
  }[];
  readonly message: string;
}

describe("services that were written offline", () => {
  test("have no mistake that a compiler sees", async () => {
    const include = names.flatMap((name) => [`services/${name}/src`, `services/${name}/test`]);
    const base = `./services/${names[0]}/tsconfig.json`;
    writeFileSync(join(root, "tsconfig.json"), JSON.stringify({ extends: base, include }));
    expect(await run("typescript/bin/tsc", ["-p", "tsconfig.json"])).toEqual({ code: 0, said: "" });
  });

  test("start, and hold to their contracts but for what nobody has written, which they name", async () => {
    const config = readFileSync(join(root, `services/${names[0]}/vitest.config.ts`), "utf8");
    writeFileSync(join(root, "package.json"), '{ "type": "module" }');
    writeFileSync(join(root, "vitest.config.ts"), config.replace("test/**", "services/*/test/**"));
    const report = join(root, "report.json");
    const { said } = await run("vitest/vitest.mjs", [
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      "--maxWorkers=2",
      // Loading the kit for each file again would be most of the time.
      "--no-isolate",
    ]);
    const { testResults } = JSON.parse(readFileSync(report, "utf8")) as { testResults: TestFile[] };
    const unexpected = testResults.filter(
      ({ name, status }) => status !== (name.includes("/test/scenarios/") ? "failed" : "passed"),
    );
    expect(
      unexpected.map(({ name, message, assertionResults }) => [name, message, assertionResults]),
    ).toEqual([]);
    const scenarios = testResults.filter(({ name }) => name.includes("/test/scenarios/"));
    expect(scenarios.length).toBeGreaterThanOrEqual(names.length);
    for (const { assertionResults } of scenarios)
      for (const { title, failureMessages } of assertionResults)
        expect(failureMessages.join("\n"), title).toContain("is not written yet");
    expect(said).toContain("POST /api/v1/users answers 501: P1: Profile Creation is not written yet: see");
  }, 240_000);

  test("run as well where the repository is the service", async () => {
    const folder = folderWith({ node_modules: { linkTo: join(repository, "node_modules") } });
    writeAll(folder, (await generate(alone, "repository", ".")).files);
    const { code, said } = await run(
      "vitest/vitest.mjs",
      ["run", "--no-isolate", "test/contract", "test/store", "test/health.test.ts"],
      folder,
    );
    expect(code, said).toBe(0);
  });
});
