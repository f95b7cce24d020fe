import { describe, expect, test } from "vitest";
import { constitution, spec, specFile, withoutScenario, withPlaceholder } from "./auth-documents.ts";
import { folderWith, runCli } from "./run-cli.ts";

const contract = `openapi: 3.1.0
info: { title: Users, version: v1 }
paths:
  /api/v1/users/{id}:
    get:
      operationId: readUser
      responses:
        "200": { description: One user, content: { application/json: { schema: { type: object } } } }
`;

describe("speckit alone", () => {
  test("names the services, the worst findings, and the next command", async () => {
    const root = folderWith({
      [specFile]: withoutScenario,
      "services/auth-service/src/main.ts": "",
      "services/user-service/contracts/api-spec.yaml": contract,
    });
    const { code, out, err } = await runCli(root, []);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(
      /^2 services\n {2}auth-service {2}1 feature\n {2}user-service {2}1 endpoint, not yet implemented\n/,
    );
    expect(out).toContain("❌ /api/v1/users/{id} does not declare the parameter 'id' of its path.");
    expect(out).toContain("❌ No scenario in spec.md.");
    expect(out.match(/^(?:❌|⚠️)/gm)?.length).toBeLessThanOrEqual(3);
    expect(out).toMatch(/\nIn all: 2 errors, .*\n\nNext: speckit validate/);
  });

  test("shows no rule twice, so that three findings are three things", async () => {
    const copies = Object.fromEntries(
      [1, 2, 3, 4].map((n) => [`services/s${n}-service/contracts/api-spec.yaml`, contract]),
    );
    const { out } = await runCli(folderWith(copies), []);
    expect(out.match(/does not declare the parameter/g)).toHaveLength(1);
  });

  test.each([
    { given: "a bad spec", files: { [specFile]: withPlaceholder }, next: "speckit validate" },
    {
      given: "a bad contract",
      files: { "services/user-service/contracts/api-spec.yaml": contract },
      next: "speckit validate-contracts",
    },
    {
      given: "a good spec",
      files: { "constitution.md": constitution, [specFile]: spec },
      next: "speckit service-catalog",
    },
    { given: "no documents", files: { "src/main.ts": "" }, next: "speckit --help" },
    {
      given: "workspaces below",
      files: { "shop/.speckit.config.json": "{}", "shop/constitution.md": constitution },
      next: "speckit --cwd shop",
    },
  ])("$given leads to $next", async ({ files, next }) => {
    const { code, out, err } = await runCli(folderWith(files), []);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.endsWith(`\nNext: ${next}\n`)).toBe(true);
  });

  test("needs something to read", async () => {
    const { code, out, err } = await runCli(folderWith({}), []);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(
      /^speckit: .* is empty: there is nothing to read\. Pass another folder with --cwd\.\n$/,
    );
  });

  test("as JSON", async () => {
    const { out } = await runCli(folderWith({ [specFile]: withPlaceholder }), ["--json"]);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      command: "overview",
      services: [{ name: "auth-service", dir: "services/auth-service", implemented: false }],
      findings: [{ rule: "placeholder", severity: "warning", file: specFile }],
    });
  });
});

test("samples of a rule are nobody's workspace", async () => {
  const root = folderWith({
    "rules/unknown-key.examples/misspelt/.speckit.config.json": "{}",
    "shops/tea/.speckit.config.json": "{}",
    "shops/tea/openapi.yaml": "openapi: 3.1.0\ninfo: { title: Tea, version: v1 }\npaths: {}\n",
  });
  const { out } = await runCli(root, []);
  expect(out).toContain("Workspaces of their own: shops/tea\n");
  expect(out).toContain("speckit --cwd shops/tea");
});

test("contracts where nobody looks for services are pointed to", async () => {
  const root = folderWith({
    "examples/tea/orders/openapi.yaml": "openapi: 3.1.0\ninfo: { title: Orders, version: v1 }\npaths: {}\n",
  });
  const { out } = await runCli(root, []);
  expect(out).toContain("There are contracts below examples/tea");
  expect(out).toMatch(/Next: speckit --cwd examples\/tea\n$/);
  expect((await runCli(root, ["--cwd", "examples/tea"])).out).toMatch(/^1 service\n {2}orders/);
  const check = await runCli(root, ["service-catalog", "--check"]);
  expect(check).toMatchObject({ code: 0, out: expect.stringContaining("No service was found") });
});
