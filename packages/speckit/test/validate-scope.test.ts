import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { constitution, spec, specFile } from "./auth-documents.ts";
import { folderWith, runCli } from "./run-cli.ts";

describe("the scope", () => {
  const root = folderWith({
    "constitution.md": constitution,
    [specFile]: spec,
    "services/user-service/specs/001-user-profile/spec.md": spec.replace("auth-service", "user-service"),
    "services/user-service/specs/002-avatars/spec.md": spec.replace("auth-service", "user-service"),
    "drafts/login.txt": spec,
  });
  const outside = folderWith({ "specs/001-login/spec.md": spec });

  test.each([
    { given: "the root", at: "", args: [], files: 4 },
    { given: "a service", at: "services/user-service", args: [], files: 2 },
    { given: "a feature", at: "services/user-service/specs/002-avatars", args: [], files: 1 },
    {
      given: "a feature and --all",
      at: "services/user-service/specs/002-avatars",
      args: ["--all"],
      files: 4,
    },
    {
      given: "a service and another service",
      at: "services/user-service",
      args: ["--service=auth-service"],
      files: 1,
    },
    { given: "a kind", at: "", args: ["--spec"], files: 3 },
    { given: "two kinds", at: "services/auth-service", args: ["--spec", "--constitution"], files: 2 },
    {
      given: "a file",
      at: "services/auth-service",
      args: ["specs/001-jwt-authentication/spec.md"],
      files: 1,
    },
    { given: "a file twice", at: "", args: [specFile, `./${specFile}`], files: 1 },
    { given: "files of several services", at: "", args: [specFile, "constitution.md"], files: 2 },
    { given: "a file of any name", at: "", args: ["--as", "spec", "drafts/login.txt"], files: 1 },
    { given: "a file elsewhere", at: "", args: [join(outside, "specs/001-login/spec.md")], files: 1 },
    {
      given: "several files elsewhere",
      at: "",
      args: ["--as", "spec", join(outside, "specs/001-login/spec.md"), "drafts/login.txt"],
      files: 2,
    },
  ])("$given: $files documents", async ({ at, args, files }) => {
    const { code, out } = await runCli(join(root, at), ["validate", ...args, "--json"]);
    const { summary, documents } = JSON.parse(out);
    expect({ code, files: summary.files, documents: documents.length }).toEqual({
      code: 0,
      files,
      documents: files,
    });
  });

  test("many documents are shown together", async () => {
    const { out } = await runCli(root, ["validate"]);
    expect(out).toMatch(
      /^✅ All required sections present\n✅ No TODO\/TBD placeholders found\n✅ Sufficient content \([\d,]+ bytes in 3 specs, 1 constitution\)\n✅ All scenarios complete \(3\)\n\nNext: speckit validate-contracts\n$/,
    );
  });

  test("a repository without documents has nothing to complain about", async () => {
    const { code, out } = await runCli(folderWith({ "src/main.ts": "" }), ["validate"]);
    expect(code).toBe(0);
    expect(out).toContain("There is no spec.md, plan.md, tasks.md or constitution.md yet.");
    expect(out).toMatch(/\nNext: write specs\/001-SLUG\/spec\.md, then speckit validate\n$/);
  });

  test("markdown files elsewhere are not documents", async () => {
    const notes = folderWith({
      "docs/spec.md": "TODO",
      "README.md": "TODO",
      "services/a/constitution.md": "TODO",
      [specFile]: spec,
    });
    expect(JSON.parse((await runCli(notes, ["validate", "--json"])).out).summary).toMatchObject({
      files: 1,
      warnings: 0,
    });
  });
});
