import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { withPlaceholder } from "./auth-documents.ts";
import { allServices, commitAll, platformWith, userContract } from "./platform.ts";
import { folderWith, runCli } from "./run-cli.ts";

/** Only the built program remembers answers: sources may change between two runs. */
const built = fileURLToPath(new URL("../bin/speckit.js", import.meta.url));
const answersFile = ".speckit/cache/answers.json";
const command = ["validate-contracts", "--json"];

let root = "";

function speckit(argv: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [built, ...argv], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** Time stamps that were set just now prove nothing, and are not trusted. The second one cannot be set: one has to wait. */
function settle() {
  execFileSync("sleep", ["2.1"]);
}

/** Puts another text into the memory, to see whether it is asked. */
function mark() {
  const file = join(root, answersFile);
  writeFileSync(file, readFileSync(file, "utf8").replace(/"out":"(?:[^"\\]|\\.)*"/, '"out":"remembered"'));
}

const isRemembered = () => speckit(command).stdout === "remembered";
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...args], { cwd: root });

describe("an answer that was given before", () => {
  const anHourAgo = new Date(Date.now() - 3_600_000);
  let first: ReturnType<typeof speckit>;

  beforeAll(() => {
    root = folderWith(platformWith(allServices));
    commitAll(root);
    utimesSync(join(root, userContract), anHourAgo, anHourAgo);
    settle();
    first = speckit(command);
  });

  test("is given again as it was, and as one that is worked out", () => {
    const answers = readFileSync(join(root, answersFile), "utf8");
    expect(speckit(command)).toEqual(first);
    expect(readFileSync(join(root, answersFile), "utf8")).toBe(answers);
    mark();
    expect(speckit(command)).toEqual({ ...first, stdout: "remembered" });
    expect(speckit([...command, "--no-cache"])).toEqual(first);
  });

  test.each([
    ["validate", "--json"],
    ["validate-contracts"],
    [...command, "--service=user-service"],
  ])("is none to %s %s %s", (...other) => {
    expect(speckit(other.filter(Boolean)).stdout).not.toBe("remembered");
  });

  const added = () => join(root, "services/auth-service/contracts/more.yaml");
  const list = () => join(root, ".speckit-suppressions.json");

  test.each([
    {
      change: "a file is added",
      apply: () => writeFileSync(added(), "openapi: 3.1.0\n"),
      undo: () => rmSync(added()),
    },
    {
      change: "something is suppressed",
      apply: () => writeFileSync(list(), '{ "suppressions": [] }'),
      undo: () => rmSync(list()),
    },
    {
      change: "the baseline is another commit",
      apply: () => git("commit", "--quiet", "--allow-empty", "--message=Second"),
      undo: () => git("reset", "--quiet", "--soft", "HEAD~1"),
    },
  ])("is not given when $change, and is again when that is undone", ({ apply, undo }) => {
    expect(isRemembered()).toBe(true);
    apply();
    expect(isRemembered()).toBe(false);
    undo();
    expect(isRemembered()).toBe(true);
  });

  test("is not given when a file is changed, but neither its size nor its time stamp", () => {
    const file = join(root, userContract);
    const text = readFileSync(file, "utf8");
    expect(isRemembered()).toBe(true);
    writeFileSync(file, text.replace("/api/v1/users/{id}/avatar:", "/api/v9/users/{id}/avatar:"));
    utimesSync(file, anHourAgo, anHourAgo);
    expect(isRemembered()).toBe(false);
  });

  test("is as good as none when the memory is broken", () => {
    for (const text of ["", "{", "[1]", '[["a"]]', '[["a", {}]]']) {
      writeFileSync(join(root, answersFile), text);
      expect(speckit([...command, "--service=auth-service"]), text).toMatchObject({ status: 0, stderr: "" });
    }
  });
});

test("nothing is remembered where a contract leads to a file that git ignores", () => {
  root = folderWith({
    ".gitignore": "generated\n",
    "generated/order.yaml": "type: object\n",
    "services/order-service/contracts/api-spec.yaml": `openapi: 3.1.0
info: { title: Orders, version: v1 }
paths: {}
components: { schemas: { Order: { $ref: ../../../generated/order.yaml } } }
`,
  });
  settle();
  expect(speckit(command).status).toBe(0);
  expect(existsSync(join(root, ".speckit/cache/documents.jsonl"))).toBe(true);
  expect(existsSync(join(root, answersFile))).toBe(false);
});

test("a contract is read again when a file that it leads to appears, changes or goes", () => {
  const contract = (file: string) => `openapi: 3.1.0
info: { title: Orders, version: v1 }
paths: {}
components: { schemas: { Order: { $ref: ${file} } } }
`;
  const folder = "services/order-service/contracts";
  root = folderWith({ [`${folder}/api-spec.yaml`]: contract("./order.yaml#/Order") });
  settle();
  const order = join(root, folder, "order.yaml");
  const rules = () =>
    (JSON.parse(speckit(command).stdout) as { findings: { rule: string }[] }).findings.map(
      ({ rule }) => rule,
    );
  expect(rules()).toContain("unresolved-reference");
  writeFileSync(order, "Order: { type: object }\n");
  expect(rules()).not.toContain("unresolved-reference");
  writeFileSync(order, "Other: { type: object }\n");
  expect(rules()).toContain("unresolved-reference");
  writeFileSync(order, "Order: { type: object }\n");
  expect(rules()).not.toContain("unresolved-reference");
  rmSync(order);
  expect(rules()).toContain("unresolved-reference");
});

test("nothing is remembered of files that were written just now, nor without a cache", () => {
  root = folderWith(platformWith(["auth"]));
  writeFileSync(join(root, "services/auth-service/specs/001-jwt-authentication/spec.md"), withPlaceholder);
  speckit(command);
  expect(existsSync(join(root, answersFile))).toBe(false);
  settle();
  speckit([...command, "--no-cache"]);
  expect(existsSync(join(root, answersFile))).toBe(false);
  writeFileSync(join(root, ".speckit.config.json"), '{ "cache": { "enabled": false } }');
  settle();
  speckit(command);
  expect(existsSync(join(root, answersFile))).toBe(false);
});

test("a large fleet is read on several threads, and says the same", async () => {
  const service = (index: number) => `services/s${index}`;
  const files = Object.fromEntries(
    Array.from({ length: 1100 }, (_, index) => [
      [
        `${service(index)}/openapi.yaml`,
        `openapi: 3.1.0\ninfo: { title: S${index}, version: "1" }\npaths: {}\n`,
      ],
      [`${service(index)}/src/a.ts`, `app.get("/api/v1/a${index}", () => {});\n`],
      [`${service(index)}/src/b.ts`, `export const b = ${index};\n`],
      [`${service(index)}/specs/001-a/spec.md`, index % 7 === 0 ? withPlaceholder : "# A\n"],
    ]).flat() as [string, string][],
  );
  root = folderWith(files);
  const { stdout, stderr } = speckit(["validate-contracts", "--json", "--stats"]);
  expect(stderr).toContain("4400 files read anew");
  const { out } = await runCli(root, ["validate-contracts", "--json", "--no-cache"]);
  expect(JSON.parse(stdout)).toEqual(JSON.parse(out));
  expect(speckit(["validate-contracts", "--json", "--stats"]).stdout).toBe(stdout);
});
