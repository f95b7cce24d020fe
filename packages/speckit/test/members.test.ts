import { expect, test } from "vitest";
import { memberPairs } from "../scripts/member-pairs.ts";
import { changesOfMember, verdictOfMember } from "../scripts/member-verdict.ts";

/** Written down by hand: added, removed, narrowed, widened. `-` where the member has one strength. */
const expected: Readonly<Record<string, string>> = {
  paths: "compatible breaking - -",
  parameters: "compatible risky breaking compatible",
  "parameters, required": "breaking risky - -",
  "parameter.required": "breaking compatible - -",
  "parameter.style": "breaking breaking - -",
  "parameter.explode": "breaking breaking - -",
  "parameter.deprecated": "compatible compatible - -",
  requestBody: "compatible breaking breaking compatible",
  "requestBody.required": "breaking compatible - -",
  "requestBody.content": "compatible breaking - -",
  responses: "compatible breaking - -",
  "responses, error": "compatible compatible - -",
  "response.content": "compatible breaking - -",
  "response.headers": "compatible breaking compatible breaking",
  "response.links": "none none - -",
  callbacks: "compatible breaking compatible breaking",
  webhooks: "compatible breaking compatible breaking",
  security: "breaking compatible breaking compatible",
  "security, scopes": "breaking compatible risky compatible",
  servers: "risky risky - -",
  deprecated: "compatible compatible - -",
  "x-sunset": "none breaking breaking none",
  "x-stability-level": "risky breaking breaking none",
  operationId: "none compatible compatible compatible",
  "summary, description, tags, externalDocs": "none none none none",
};

test.each(memberPairs)("$member: $what", (pair) => {
  const said = changesOfMember.map((change) => verdictOfMember(pair, change) ?? "-").join(" ");
  expect(said).toBe(expected[pair.member]);
});

test("every member that is expected is measured", () => {
  expect(memberPairs.map(({ member }) => member)).toEqual(Object.keys(expected));
});
