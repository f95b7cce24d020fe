import { describe, expect, test } from "vitest";
import { constitution, spec, specFile, withoutScenario, withPlaceholder } from "./auth-documents.ts";
import { folderWith, runCli } from "./run-cli.ts";

describe("what fails a run", () => {
  const placeholder = { [specFile]: withPlaceholder };
  const strict = { ...placeholder, ".speckit.config.json": '{ "validation": { "strict": true } }' };
  const off = {
    [specFile]: withoutScenario,
    ".speckit.config.json": '{ "rules": { "section-missing": "off" } }',
  };
  const comment = spec.replace(
    "## Requirements\n",
    "## Requirements\n<!-- speckit-ignore placeholder: decided in June -->\nTODO: which algorithm?\n",
  );

  test.each([
    { given: "nothing wrong", files: { [specFile]: spec }, args: [], code: 0 },
    { given: "a warning", files: placeholder, args: [], code: 0 },
    { given: "a warning with --strict", files: placeholder, args: ["--strict"], code: 1 },
    { given: "a warning where the configuration is strict", files: strict, args: [], code: 1 },
    {
      given: "a warning alone where the configuration is strict",
      files: strict,
      args: ["--as", "spec", specFile],
      code: 1,
    },
    { given: "an error", files: { [specFile]: withoutScenario }, args: [], code: 1 },
    { given: "an error of a rule that is off", files: off, args: [], code: 0 },
    {
      given: "an ignored warning with --strict",
      files: { [specFile]: comment },
      args: ["--strict"],
      code: 0,
    },
  ])("$given: exit $code", async ({ files, args, code }) => {
    expect(await runCli(folderWith(files), ["validate", ...args])).toMatchObject({ code, err: "" });
  });
});

describe("what cannot be done ends in one line and exit code 2", () => {
  const root = folderWith({ "constitution.md": constitution, [specFile]: spec, "notes.md": "Notes" });

  test.each([
    { given: "a missing file", args: ["nope.md"], says: "There is no file nope.md." },
    { given: "a folder", args: ["services"], says: "services is a folder. Name a document in it" },
    { given: "a name that says nothing", args: ["notes.md"], says: "notes.md does not say what it is" },
    { given: "no regular file", args: ["--as", "spec", "/dev/null"], says: "/dev/null is no regular file" },
    {
      given: "an unknown kind",
      args: ["--as", "story", "notes.md"],
      says: "--as must be one of spec, plan, tasks, constitution; it is 'story'",
    },
    { given: "--as without files", args: ["--as", "spec"], says: "speckit validate --as spec FILE" },
    { given: "files and a kind", args: ["--spec", specFile], says: "Leave out one of the two" },
    {
      given: "files and a service",
      args: ["--service", "auth-service", specFile],
      says: "Leave out one of the two",
    },
    {
      given: "suppressing outside of the workspace",
      args: ["--as", "spec", specFile, "--suppress-all"],
      says: "Leave out one of the two",
    },
    {
      given: "a service that does not exist",
      args: ["--service", "auht-service"],
      says: "Did you mean 'auth-service'?",
    },
    {
      given: "a plan that does not exist",
      args: ["--plan"],
      says: "There is no plan.md in any folder specs/NNN-slug of this workspace.",
    },
    {
      given: "a plan that the service does not have",
      args: ["--plan", "--service=auth-service"],
      says: "There is no plan.md in services/auth-service/specs.",
    },
    { given: "an unknown format", args: ["--format", "xml"], says: "--format must be one of text, json" },
    {
      given: "a folder to work in that does not exist",
      args: ["--cwd", "nope"],
      says: "There is no folder nope.",
    },
  ])("$given", async ({ args, says }) => {
    const { code, out, err } = await runCli(root, ["validate", ...args]);
    expect({ code, out, lines: err.split("\n").length }).toEqual({ code: 2, out: "", lines: 2 });
    expect(err).toMatch(/^speckit: /);
    expect(err).toContain(says);
  });

  test("a constitution that does not exist", async () => {
    const { code, err } = await runCli(folderWith({ [specFile]: spec }), ["validate", "--constitution"]);
    expect({ code, err }).toEqual({
      code: 2,
      err: "speckit: There is no constitution.md in this workspace. Write it, or leave out --constitution.\n",
    });
  });
});
