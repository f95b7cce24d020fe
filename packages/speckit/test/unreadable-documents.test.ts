import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith, runCli } from "./run-cli.ts";

const dir = "services/order-service/specs/001-orders";
const text = new Uint8Array(Buffer.from("\uFEFF# Order Service Specification\n", "utf16le"));

test.each([
  { argv: ["specify", "Returns"] },
  { argv: ["clarify"] },
  { argv: ["plan"] },
  { argv: ["tasks"] },
])("`$argv` says that a specification cannot be read, and leaves it as it is", async ({ argv }) => {
  const root = folderWith({ [`${dir}/spec.md`]: text, ".speckit.config.json": "{}" });
  const { code, err, out } = await runCli(join(root, dir), argv);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(`${dir}/spec.md cannot be read: speckit validate says why.`);
  expect(new Uint8Array(readFileSync(join(root, dir, "spec.md")))).toEqual(text);
});

test("whoever names another service is not held up by the folder in which they stand", async () => {
  const other = "services/user-service/specs/001-users";
  const spec =
    "# User Service Specification\n\n### Service Name\nuser-service\n\n## User Scenarios\n\n### P1: A\n**Given** a\n**When** b\n**Then** c\n";
  const root = folderWith({
    [`${dir}/spec.md`]: text,
    [`${other}/spec.md`]: spec,
    ".speckit.config.json": "{}",
  });
  expect((await runCli(join(root, dir), ["clarify", "--service=user-service"])).code).toBe(0);
});
