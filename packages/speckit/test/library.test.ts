import { describe, expect, test } from "vitest";
import { buildCatalog, checkFleet, compareTexts, readFleet, renderCatalogMarkdown } from "../src/index.ts";

const contract = (parameters: string) => `openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
paths:
  /api/v1/orders:
    get:
      operationId: listOrders
      parameters: [${parameters}]
      responses: { "200": { description: All of them }, default: { description: Something failed } }
`;
const file = "services/order-service/contracts/api-spec.yaml";

test("a fleet is read, judged and catalogued from texts alone", () => {
  const fleet = readFleet({ [file]: contract(""), "README.md": "# Shop" });
  expect(fleet.workspace.services.map(({ name }) => name)).toEqual(["order-service"]);
  expect(checkFleet(fleet).map(({ rule, location }) => [rule, location.file])).toContainEqual([
    "contract-undocumented",
    file,
  ]);
  expect(renderCatalogMarkdown(buildCatalog(fleet.workspace))).toContain("order-service");
});

test("a configuration among the files counts", () => {
  const config = JSON.stringify({ rules: { "contract-undocumented": "off" } });
  const findings = checkFleet(readFleet({ [file]: contract(""), ".speckit.config.json": config }));
  expect(findings.map(({ rule }) => rule)).not.toContain("contract-undocumented");
});

describe("two versions of a contract", () => {
  const options = { today: "2026-01-31" };

  test("a change is judged", () => {
    const wanted = contract("{ name: state, in: query, required: true, schema: { type: string } }");
    const verdicts = compareTexts({ file, text: contract("") }, { file, text: wanted }, options);
    expect(verdicts.map(({ level }) => level)).toEqual(["breaking"]);
  });

  test("what is no contract is refused, by name", () => {
    expect(() =>
      compareTexts({ file, text: contract("") }, { file: "notes.json", text: "[]" }, options),
    ).toThrow("notes.json is no contract");
  });
});
