import { describe, expect, test } from "vitest";
import { spec, specFile } from "./auth-documents.ts";
import { type Content, folderWith, runCli } from "./run-cli.ts";

const bad = "services/order-service/specs/001-order-management/spec.md";

/** What `validate` says of a workspace with a good spec and a bad one. */
async function validateWith(content: Content) {
  const { code, out, err } = await runCli(folderWith({ [specFile]: spec, [bad]: content }), [
    "validate",
    "--json",
  ]);
  const { findings, documents } = JSON.parse(out) as {
    findings: { severity: string; rule: string; file: string; line: number; message: string }[];
    documents: { file: string; scenarios: number; requirements: number }[];
  };
  const ofGood = documents.find(({ file }) => file === specFile);
  return { code, err, findings, documents, good: ofGood?.scenarios };
}

describe("a document that cannot be read is one finding, and the others are read", () => {
  test.each([
    {
      given: "a binary file",
      content: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]),
      severity: "error",
      says: "binary",
    },
    { given: "an empty file", content: "", severity: "error", says: "is empty" },
    {
      given: "20 MB of text",
      content: "- and **Given** one more\n".repeat(800_000),
      severity: "error",
      says: "20 million characters",
    },
    { given: "a file of blank lines", content: "\n\n  \n", severity: "error", says: "is empty" },
    {
      given: "a link out of the tree",
      content: { linkTo: "/etc/hostname" },
      severity: "warning",
      says: "link out of the tree",
    },
    {
      given: "a link that leads nowhere",
      content: { linkTo: "./gone.md" },
      severity: "warning",
      says: "leads nowhere",
    },
  ])("$given", async ({ content, severity, says }) => {
    const { code, err, findings, documents, good } = await validateWith(content);
    expect({ code, err, documents: documents.length, good }).toEqual({
      code: severity === "error" ? 1 : 0,
      err: "",
      documents: 1,
      good: 1,
    });
    expect(findings).toEqual([
      expect.objectContaining({ severity, rule: "unreadable-file", file: bad, line: 1 }),
    ]);
    expect(findings[0]?.message).toContain(says);
  });

  test("bytes that are no UTF-8 are named at their line, and the rest of the file is read", async () => {
    const { code, findings, documents } = await validateWith(
      Buffer.concat([Buffer.from(`${spec}\nNotes: `), Buffer.from([0xff, 0x0a])]),
    );
    const line = spec.split("\n").length + 1;
    expect(code).toBe(1);
    expect(findings).toEqual([expect.objectContaining({ rule: "unreadable-file", file: bad, line })]);
    expect(documents.map(({ scenarios }) => scenarios)).toEqual([1, 1]);
  });
});

test.each([
  { given: "Windows line ends", content: spec.replaceAll("\n", "\r\n") },
  { given: "a byte order mark", content: `\uFEFF${spec}` },
  { given: "no line end at the end", content: spec.trimEnd() },
])("$given are nothing to complain about", async ({ content }) => {
  const { code, findings, documents } = await validateWith(content);
  expect({ code, findings }).toEqual({ code: 0, findings: [] });
  expect(documents.map(({ scenarios, requirements }) => [scenarios, requirements])).toEqual([
    [1, 1],
    [1, 1],
  ]);
});

test.each([
  {
    given: "a binary file",
    content: Uint8Array.from([1, 0, 2]),
    code: 1,
    message: "draft.md is a binary file, not text.",
  },
  {
    given: "a file in UTF-16",
    content: new Uint8Array(Buffer.from("\uFEFF# Spec\n", "utf16le")),
    code: 1,
    message: "draft.md is UTF-16; only UTF-8 is read.",
  },
  { given: "an empty file", content: "", code: 1, message: "draft.md is empty." },
])("read alone, $given is one finding", async ({ content, code, message }) => {
  const answer = await runCli(folderWith({ "draft.md": content }), [
    "validate",
    "--as",
    "spec",
    "draft.md",
    "--json",
  ]);
  const { findings, documents } = JSON.parse(answer.out);
  expect({ code: answer.code, documents }).toEqual({ code, documents: [] });
  expect(findings).toEqual([
    expect.objectContaining({ rule: "unreadable-file", file: "draft.md", line: 1, message }),
  ]);
});
