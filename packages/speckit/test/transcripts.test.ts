import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allServices, commitAll, platformWith, userContract } from "./platform.ts";
import { folderWith, runCli } from "./run-cli.ts";

/** What the walk-through of the product shows: the same facts, in the same order, with the same marks. */

test("the contracts of one service whose consumer is still to come", async () => {
  const root = folderWith(platformWith(["auth", "notification", "user"]));
  const commit = commitAll(root);
  expect(await runCli(root, ["validate-contracts", "--service=user-service"])).toEqual({
    code: 0,
    err: "",
    out: `✅ API spec complete and valid
✅ Event schemas well-defined
✅ All dependencies exist (auth-service found)
✅ No breaking changes since the merge base with main (${commit})
⚠️  order-service listed as consumer but not yet implemented

Next: speckit validate-contracts --all
`,
  });
});

test("the contracts of a fleet in which one service is still to be built", async () => {
  const root = folderWith(
    platformWith(
      allServices,
      allServices.filter((name) => name !== "order"),
    ),
  );
  const { code, out } = await runCli(root, ["validate-contracts"]);
  expect(code).toBe(0);
  expect(out).toBe(`✅ All API specs valid
✅ All event schemas defined
✅ No circular dependencies
✅ All declared consumers exist
✅ All dependencies exist
✅ No data or responsibility claimed twice
✅ Constitution followed (11 of 38 statements checked)
⚠️  order-service not yet implemented
ℹ️  Nothing to compare with: this is no git repository. Contracts are checked as
they stand; --compare-with REF names a baseline.

Recommendation: Implement order-service to complete dependency chain

Next: speckit service-catalog
`);
});

test("a field that became required breaks the one who calls the operation", async () => {
  const files = platformWith(allServices);
  const root = folderWith(files);
  commitAll(root);
  const before = files[userContract] ?? "";
  const after = before.replace(/^(\s*)required: \[file\]$/m, "$1required: [file, imageFormat]");
  expect(after).not.toBe(before);
  writeFileSync(join(root, userContract), after);
  const line = after.split("\n").findIndex((text) => text.includes("required: [file, imageFormat]")) + 1;
  const { code, out } = await runCli(root, [
    "validate-contracts",
    "--service=user-service",
    "--breaking-changes-only",
  ]);
  expect(code).toBe(1);
  expect(out).toContain(`⚠️  Breaking change detected:
    Endpoint: POST /api/v1/users/{id}/avatar
    Change: New required field 'imageFormat'
    Consumers affected: order-service

    Recommendation: Make field optional or bump version to v2

    ${userContract}:${line}:`);
});
