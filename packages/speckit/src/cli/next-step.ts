import { join, posix, relative, resolve, sep } from "node:path";
import type { Finding } from "../model/finding.ts";
import type { DocumentSummary } from "../render/document-summary.ts";
import type { Io, Options } from "./command.ts";
import type { OpenWorkspace } from "./open-workspace.ts";
import { optionText } from "./options.ts";

type DocumentKind = DocumentSummary["kind"];

/** What may begin once a document of that kind is good. */
export const readyFor: Readonly<Record<DocumentKind, string>> = {
  spec: "Ready to proceed to planning phase",
  plan: "Ready to proceed to task generation",
  tasks: "Ready to proceed to implementation",
  constitution: "Ready to proceed to the first specification",
};

/** The document that is made from another. */
const followers: Partial<Record<DocumentKind, DocumentKind>> = { spec: "plan", plan: "tasks" };

/** The command to run after `validate` found that about these documents. */
export function stepAfterValidate(
  findings: readonly Finding[],
  documents: readonly DocumentSummary[],
  { read, scope }: OpenWorkspace,
  options: Options,
  io: Io,
): string {
  const worst =
    findings.find(({ severity }) => severity === "error") ??
    findings.find(({ severity }) => severity === "warning");
  if (worst) return `speckit explain ${worst.rule}`;
  const [first, second] = documents;
  if (first && !second) return stepAfterOne(first, read, resolve(io.cwd, optionText(options, "cwd") ?? "."));
  if (first)
    return `speckit validate-contracts${scope.kind === "service" && options.service !== undefined ? ` --service=${scope.service.name}` : ""}`;
  const [nested] = read.nested;
  return nested === undefined
    ? "write specs/001-SLUG/spec.md, then speckit validate"
    : `speckit validate --cwd ${nested}`;
}

function stepAfterOne(
  { file, kind }: DocumentSummary,
  { root, workspace }: OpenWorkspace["read"],
  cwd: string,
): string {
  if (kind === "constitution") return "speckit constitution --explain";
  const follower = followers[kind];
  if (follower === undefined) return "speckit validate-contracts";
  const name = `${follower}.md`;
  if (!workspace.files) return `write ${name}, then speckit validate --as ${follower} ${name}`;
  const beside = posix.join(posix.dirname(file), name);
  return workspace.files.includes(beside)
    ? `speckit validate ${relative(cwd, join(root, beside)).split(sep).join("/")}`
    : `write ${name} beside it, then speckit validate --${follower}`;
}
