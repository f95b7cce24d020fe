import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { XMLValidator } from "fast-xml-parser";
import type { Log } from "sarif";
import { beforeAll, expect, test } from "vitest";
import { allServices, commitAll, platformWith } from "./platform.ts";
import { folderWith, runCli } from "./run-cli.ts";
import { openShop } from "./verify/shop.ts";
import { contract } from "./verify/shop-contract.ts";

const schema = JSON.parse(
  readFileSync(fileURLToPath(new URL("../schemas/output.schema.json", import.meta.url)), "utf8"),
) as object;
const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);

let root = "";
beforeAll(() => {
  const files = platformWith(allServices.slice(1));
  root = folderWith(files);
  commitAll(root);
  const file = "services/user-service/contracts/api-spec.yaml";
  const contract = files[file] ?? "";
  writeFileSync(join(root, "old.yaml"), contract);
  // Much that breaks, with names that have to be quoted in every format.
  const changed = contract
    .replaceAll("required: [data, meta]", 'required: [data, "a<b>&\'\\"c%\\n"]')
    .replace("title: User Service API", "title: '<Users> & %0A'")
    .replaceAll("operationId: ", "x-operationId: ");
  writeFileSync(join(root, file), changed);
});

test.each([
  ["validate --all"],
  ["validate-contracts --all"],
  ["validate-contracts --all --breaking-changes-only"],
  [""],
  ["diff old.yaml services/user-service/contracts/api-spec.yaml"],
  ["service-catalog --format json"],
  ["service-catalog --format json --graph-only"],
  ["analyze"],
  ["analyze --diff-only"],
  ["budget"],
  ["error-context POST /api/v1/users 409: duplicate key value violates unique constraint"],
  ["context plan --service=user-service"],
  ["context implement --about avatar"],
  ["find user profile"],
  ["find usre"],
  ["impact user-service"],
  ["impact order.created"],
  ["constitution --explain"],
  ["constitution --stdout --prompt PostgreSQL"],
  ["specify --service=user-service --stdout Users can export their profile"],
  ["plan --service=user-service --stdout"],
  ["plan --service=user-service --contracts --stdout"],
  ["tasks --service=user-service"],
  ["document --service=user-service"],
  ["document --check"],
  ["document --stdout"],
  ["implement --service=user-service --dry-run"],
  ["implement --service=user-service"],
  ["resume --service=user-service"],
  ["clarify --service=user-service"],
  ["explain"],
  ["explain placeholder"],
  ["init . --ai claude,hermes --mcp --dry-run"],
  ["init --list-agents"],
  ["doctor"],
])("speckit %s --json is as its schema says", async (line) => {
  const words = line.split(" ").filter((word) => word !== "");
  const { out, err } = await runCli(root, line.includes("--format") ? words : [...words, "--json"]);
  expect(out, err).not.toBe("");
  expect(validate(JSON.parse(out)), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
});

test("speckit verify --json is as its schema says", async () => {
  const shop = await openShop("takes anything");
  const service = folderWith({ "services/order-service/contracts/api-spec.yaml": contract });
  const { out } = await runCli(service, ["verify", "--url", shop.url, "--json"]);
  expect(JSON.parse(out)).toMatchObject({
    operations: [{ operationId: "placeOrder", withheld: "credentials" }, {}, {}, {}, {}],
  });
  expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
});

test("speckit prune --json is as its schema says", async () => {
  const session = fileURLToPath(new URL("fixtures/sessions/codex.jsonl", import.meta.url));
  const { out } = await runCli(root, ["prune", "--dry-run", "--json", "--session", session]);
  expect(JSON.parse(out)).toMatchObject({ command: "prune", written: false });
  expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
  const budget = await runCli(root, ["budget", "--json", "--session", session]);
  expect(validate(JSON.parse(budget.out)), JSON.stringify(validate.errors)).toBe(true);
});

test("the list of suppressions is as its schema says", async () => {
  await runCli(root, ["validate-contracts", "--all", "--suppress-all"]);
  const written = JSON.parse(readFileSync(join(root, ".speckit-suppressions.json"), "utf8")) as {
    suppressions: unknown[];
  };
  expect(written.suppressions.length).toBeGreaterThan(0);
  expect(validate(written), JSON.stringify(validate.errors)).toBe(true);
  writeFileSync(join(root, ".speckit-suppressions.json"), '{ "schemaVersion": 1, "suppressions": [] }\n');
});

test("the schema turns away what is not promised", () => {
  const report = { schemaVersion: 1, command: "overview", services: [], findings: [] };
  expect(validate(report)).toBe(true);
  expect(validate({ ...report, extra: 1 })).toBe(false);
  expect(validate({ ...report, schemaVersion: 2 })).toBe(false);
});

const contracts = ["validate-contracts", "--all", "--all-findings", "--format"];

test("SARIF has what version 2.1.0 demands", async () => {
  const { out } = await runCli(root, [...contracts, "sarif"]);
  const { version, runs } = JSON.parse(out) as Log;
  expect(version).toBe("2.1.0");
  const [run] = runs;
  const results = run?.results ?? [];
  expect(results.length).toBeGreaterThan(3);
  const ids = new Set(run?.tool.driver.rules?.map(({ id }) => id));
  for (const { ruleId, level, message, locations, relatedLocations = [] } of results) {
    expect(ids).toContain(ruleId);
    expect(["none", "note", "warning", "error"]).toContain(level);
    expect(message.text).not.toBe("");
    for (const { physicalLocation } of [...(locations ?? []), ...relatedLocations]) {
      expect(physicalLocation?.region?.startLine).toBeGreaterThan(0);
      // A URI reference relative to the sources, which `/x` and `a b` are not.
      expect(physicalLocation?.artifactLocation?.uri).toMatch(/^[\w.~%-][\w.~%/-]*$/);
      expect(physicalLocation?.artifactLocation?.uriBaseId).toBe("%SRCROOT%");
    }
  }
});

test("JUnit is well-formed XML whose counts are right", async () => {
  const { out } = await runCli(root, [...contracts, "junit"]);
  expect(XMLValidator.validate(out)).toBe(true);
  const attribute = (name: string) => Number(new RegExp(`<testsuites[^>]* ${name}="(\\d+)"`).exec(out)?.[1]);
  expect(out.match(/<testcase /g)?.length).toBe(attribute("tests"));
  expect(out.match(/<failure /g)?.length).toBe(attribute("failures"));
  expect(attribute("failures")).toBeGreaterThan(0);
});

/** Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
const codeQuality = {
  type: "array",
  items: {
    type: "object",
    required: ["description", "check_name", "fingerprint", "severity", "location"],
    properties: {
      description: { type: "string", minLength: 1 },
      check_name: { type: "string", minLength: 1 },
      fingerprint: { type: "string", pattern: "^[0-9a-f]+$" },
      severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
      location: {
        type: "object",
        required: ["path", "lines"],
        properties: {
          path: { type: "string", pattern: "^[^/]" },
          lines: {
            type: "object",
            required: ["begin"],
            properties: { begin: { type: "integer", minimum: 1 } },
          },
        },
      },
    },
  },
};

test("GitLab's report is as GitLab describes it, each fingerprint once", async () => {
  const { out } = await runCli(root, [...contracts, "gitlab"]);
  const entries = JSON.parse(out) as { fingerprint: string }[];
  const check = new Ajv2020().compile(codeQuality);
  expect(check(entries), JSON.stringify(check.errors)).toBe(true);
  expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
  expect(entries.length).toBeGreaterThan(3);
});

test("GitHub's commands are one line each, with everything escaped", async () => {
  const { out } = await runCli(root, [...contracts, "github"]);
  const lines = out.trimEnd().split("\n");
  expect(lines.length).toBeGreaterThan(3);
  // Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
  for (const line of lines)
    expect(line).toMatch(
      /^::(?:error|warning|notice) file=[^,:%]+(?:%[0-9A-F]{2}[^,:%]*)*,line=\d+,col=\d+,title=[^,:]*::(?:[^%]|%[0-9A-F]{2})*$/,
    );
});
