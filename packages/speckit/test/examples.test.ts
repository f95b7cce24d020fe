import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { RuleExample } from "../scripts/rule-examples.ts";
import { checkWorkspace } from "../src/check-workspace.ts";
import type { Check } from "../src/checks/check.ts";
import { checks } from "../src/checks/index.ts";
import type { Finding } from "../src/model/finding.ts";
import { readWorkspace } from "../src/node/read-workspace.ts";
import { testRules } from "./rule-tests.ts";

const home = fileURLToPath(new URL("../src/checks/", import.meta.url));
const folders = readdirSync(home, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => join(home, name));
const ruleIds = new Set(checks.map(({ id }) => id));

for (const folder of folders) {
  await testRules<Check>({
    folder,
    isRule: (exported) => "id" in exported && "run" in exported,
    run: (check, { dir }: RuleExample) => {
      const { workspace, locate } = readWorkspace(dir, { cache: false, now: 0, ruleIds });
      const files = workspace.files?.filter((file) => file !== "findings.txt");
      return checkWorkspace({ ...workspace, files }, [check], locate).map(line);
    },
  });
}

test("no two checks have the same id", () => {
  expect([...ruleIds]).toEqual(checks.map(({ id }) => id));
});

test.each(
  checks.filter(({ measured }) => measured !== undefined && measured.sampled > 0),
)("$id is right in 9 of 10 cases, or only a remark", ({
  severity,
  measured = { hits: 0, sampled: 0, right: 0 },
}) => {
  expect(measured.right).toBeLessThanOrEqual(measured.sampled);
  expect(measured.sampled).toBe(Math.min(20, measured.hits));
  if (severity !== "info") expect(measured.right / measured.sampled).toBeGreaterThanOrEqual(0.9);
});

function line({ location: { file, line, column }, severity, rule, message }: Finding): string {
  return `${file}:${line}:${column} ${severity} ${rule}  ${message}`;
}
