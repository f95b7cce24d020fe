import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { spec, specFile, withPlaceholder } from "./auth-documents.ts";
import { allServices, platformWith, userContract } from "./platform.ts";
import { folderWith, runCli } from "./run-cli.ts";

const listFile = ".speckit-suppressions.json";

async function run(root: string, ...argv: string[]) {
  const { code, out, err } = await runCli(root, [...argv, "--json"]);
  const { findings, summary } = JSON.parse(out) as {
    findings: { rule: string }[];
    summary: { suppressed: number };
  };
  return { code, err, rules: findings.map(({ rule }) => rule), suppressed: summary.suppressed };
}

describe("a comment beside the place", () => {
  const withComment = (comment: string) => withPlaceholder.replace("TODO: which", `${comment}\nTODO: which`);

  test.each([
    { comment: "<!-- speckit-ignore placeholder: decided in June -->", left: [] },
    { comment: "<!-- speckit-ignore placeholder -->", left: [] },
    { comment: "<!-- speckit-ignore placeholder, section-empty: both are known -->", left: [] },
    { comment: "<!-- speckit-ignore placeholder: decided in June (until 2026-11-23) -->", left: [] },
    {
      comment: "<!-- speckit-ignore placeholder: decided in June (until 2026-11-22) -->",
      left: ["placeholder"],
    },
    { comment: "<!-- speckit-ignore section-empty: another rule -->", left: ["placeholder"] },
  ])("$comment leaves $left", async ({ comment, left }) => {
    const root = folderWith({ [specFile]: withComment(comment) });
    expect(await run(root, "validate")).toMatchObject({ rules: left, suppressed: left.length === 0 ? 1 : 0 });
  });

  test("counts in YAML too, and the text says how many were left out", async () => {
    const files = platformWith(allServices);
    const contract = (files[userContract] ?? "").replace("/api/v1/users/{id}/avatar:", "/users/{id}/avatar:");
    const before = await run(
      folderWith({ ...files, [userContract]: contract }),
      "validate-contracts",
      "--strict",
    );
    expect(before.rules).toContain("path-unversioned");
    const ignored = contract.replace(
      /^( *)\/users\/\{id\}\/avatar:/m,
      "$1# speckit-ignore path-unversioned: it was there before the rule\n$&",
    );
    const root = folderWith({ ...files, [userContract]: ignored });
    expect((await run(root, "validate-contracts", "--strict")).rules).not.toContain("path-unversioned");
    expect((await runCli(root, ["validate-contracts"])).out).toContain("1 suppressed");
  });
});

describe("the list of suppressions", () => {
  const twoFaults = withPlaceholder.replace("# JWT", "# JWT TBD");

  test("everything present is written down, and only what is new fails", async () => {
    const root = folderWith({ [specFile]: withPlaceholder });
    expect((await run(root, "validate", "--strict")).code).toBe(1);
    const written = await runCli(root, ["validate", "--strict", "--suppress-all"]);
    expect(written.code).toBe(0);
    expect(written.err).toContain(`Wrote 1 finding to ${listFile}`);
    expect(await run(root, "validate", "--strict")).toEqual({ code: 0, err: "", rules: [], suppressed: 1 });

    writeFileSync(join(root, specFile), `\n\n${withPlaceholder}`);
    expect(await run(root, "validate", "--strict")).toMatchObject({ code: 0, suppressed: 1 });

    const again = withPlaceholder.replace("TODO: which", "TODO: which\nTODO: which");
    writeFileSync(join(root, specFile), again);
    expect(await run(root, "validate", "--strict")).toMatchObject({
      code: 1,
      rules: ["placeholder"],
      suppressed: 1,
    });
  });

  test("what is gone is dropped, and nothing else", async () => {
    const root = folderWith({ [specFile]: twoFaults });
    await run(root, "validate", "--suppress-all");
    const before = readList(root);
    expect(before.length).toBeGreaterThan(0);
    writeFileSync(join(root, specFile), spec);
    const contracts = await runCli(root, ["validate-contracts", "--prune-suppressions"]);
    expect(contracts.err).toContain(`Dropped 0 of ${before.length} suppressions`);
    expect(readList(root)).toEqual(before);
    const documents = await runCli(root, ["validate", "--prune-suppressions"]);
    expect(documents.err).toContain(`Dropped ${before.length} of ${before.length} suppressions`);
    expect(readList(root)).toEqual([]);
  });

  test("a broken list is said, and nothing counts as suppressed", async () => {
    const root = folderWith({ [specFile]: withPlaceholder, [listFile]: "{ suppressions: [" });
    const { code, out, err } = await runCli(root, ["validate"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^speckit: \.speckit-suppressions\.json:1: this is no list of suppressions\..*\n$/);
  });
});

function readList(root: string): unknown[] {
  return (JSON.parse(readFileSync(join(root, listFile), "utf8")) as { suppressions: unknown[] }).suppressions;
}
