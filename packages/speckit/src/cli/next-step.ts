import { join, posix, relative, resolve, sep } from "node:path";
import type { Finding } from "../model/finding.ts";
import { contractsOf, type Workspace } from "../model/workspace.ts";
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

/** What another command mends. */
const remedies: Readonly<Record<string, string>> = {
  "clarification-open": "speckit clarify",
  "story-without-task": "speckit tasks",
  "requirement-without-task": "speckit tasks",
};

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
  if (worst) return remedyFor(worst, { read, scope }, options);
  const [first, second] = documents;
  if (first && !second) {
    const flag =
      scope.kind === "service" && options.service !== undefined ? ` --service=${scope.service.name}` : "";
    return stepAfterOne(first, read, resolve(io.cwd, optionText(options, "cwd") ?? "."), flag);
  }
  if (first)
    return `speckit validate-contracts${scope.kind === "service" && options.service !== undefined ? ` --service=${scope.service.name}` : ""}`;
  const [nested] = read.nested;
  return nested === undefined
    ? "write specs/001-SLUG/spec.md, then speckit validate"
    : `speckit validate --cwd ${nested}`;
}

function remedyFor(
  { rule, service, location: { file } }: Finding,
  { read, scope }: Pick<OpenWorkspace, "read" | "scope">,
  options: Options,
): string {
  const remedy = remedies[rule];
  // Only specifications are asked about; a question of a plan is answered in it.
  if (remedy === undefined || (rule === "clarification-open" && !file.endsWith("/spec.md")))
    return `speckit explain ${rule}`;
  const isOneOfMany = scope.kind === "all" && read.workspace.services.length > 1;
  const isNamed = service !== undefined && (options.service !== undefined || isOneOfMany);
  return isNamed ? `${remedy} --service=${service}` : remedy;
}

function stepAfterOne(
  { file, kind, tasks, done }: DocumentSummary,
  { root, workspace }: OpenWorkspace["read"],
  cwd: string,
  flag: string,
): string {
  if (kind === "constitution") return "speckit constitution --explain";
  const follower = followers[kind];
  if (follower === undefined)
    return workspace.files && done < tasks ? `speckit implement${flag}` : "speckit validate-contracts";
  const name = `${follower}.md`;
  if (!workspace.files) return `write ${name}, then speckit validate --as ${follower} ${name}`;
  const beside = posix.join(posix.dirname(file), name);
  return workspace.files.includes(beside)
    ? `speckit validate ${relative(cwd, join(root, beside)).split(sep).join("/")}`
    : `speckit ${follower}${flag}`;
}

/** What follows a specification: its contract, where a service has none, then its plan. */
export function stepAfterSpec(
  { name, dir }: { readonly name: string; readonly dir: string },
  { services, constitution }: Workspace,
  options: Options,
): string {
  const own = services.find((service) => service.name === name);
  const hasContract = own !== undefined && contractsOf(own).length > 0;
  // A repository that is one thing may be a library.
  const wantsOne = dir !== "." || constitution?.principles.some(({ kind }) => kind === "openapi-required");
  const flag = options.service === undefined ? "" : ` --service=${name}`;
  return `speckit plan${!hasContract && wantsOne ? " --contracts" : ""}${flag}`;
}
