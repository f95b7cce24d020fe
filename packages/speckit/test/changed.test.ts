import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commitAll } from "./platform.ts";
import { folderWith, runCli } from "./run-cli.ts";

const api = (title: string) => `openapi: 3.1.0
info: { title: ${title}, version: v1 }
components: { securitySchemes: { token: { type: http, scheme: bearer } } }
paths:
  /api/v1/${title}:
    get: { responses: { '200': { description: All }, '400': { description: Bad } } }
`;
const files = {
  "services/a/openapi.yaml": api("a"),
  "services/b/openapi.yaml": api("b"),
  "services/c/specs/001-c/spec.md":
    "# C\n\n## Service Name\nc\n\n**Given** a **When** b **Then** c\n\n### Upstream Services\n| Service | Purpose |\n|---|---|\n| bb | x |\n",
};

async function servicesWith(root: string, ...options: string[]) {
  const { out, err } = await runCli(root, ["validate-contracts", "--all", "--json", ...options]);
  const { findings } = JSON.parse(out) as { findings: { service?: string; severity: string }[] };
  return { services: [...new Set(findings.map(({ service }) => service))].sort(), err };
}

test("--changed leaves out the findings of services in which nothing changed", async () => {
  const root = folderWith(files);
  commitAll(root);
  expect((await servicesWith(root)).services).toEqual(expect.arrayContaining(["a", "b"]));
  expect((await servicesWith(root, "--changed")).services).toEqual([]);
  writeFileSync(join(root, "services/b/openapi.yaml"), `${api("b")}# edited\n`);
  expect((await servicesWith(root, "--changed")).services).toEqual(["b"]);
  writeFileSync(join(root, "services/a/new.txt"), "not committed\n");
  expect((await servicesWith(root, "--changed")).services).toEqual(["a", "b"]);
  commitAll(root);
  expect((await servicesWith(root, "--changed")).services).toEqual([]);
  expect((await servicesWith(root, "--changed", "--compare-with", "HEAD~1")).services).toEqual(["a", "b"]);
});

test("without a baseline everything is shown, and it is said why", async () => {
  const { services, err } = await servicesWith(folderWith(files), "--changed");
  expect(services).toEqual(expect.arrayContaining(["a", "b"]));
  expect(err).toContain(
    "--changed has nothing to compare with: this is no git repository. All findings are shown.",
  );
});
