/**
 * The command line for other front ends in the same process, such as the MCP server: one command line in, what it prints and its exit code out.
 */
import type { Io, Options } from "./command.ts";
import type { DocumentList } from "./workspace-documents.ts";

export { findRoot, type Standpoint } from "../node/find-root.ts";
export { packageVersion } from "../node/package-version.ts";
export { type CountTokens, loadTokenCounter } from "../tokens/count.ts";
export type { ExitCode, Io } from "./command.ts";
export { main } from "./main.ts";
export type { WorkspaceDocument } from "./workspace-documents.ts";

/** See `workspace-documents.ts`; loaded when it is asked for, since it brings all readers with it. */
export async function workspaceDocuments(options: Options, io: Io): Promise<DocumentList> {
  return (await import("./workspace-documents.ts")).workspaceDocuments(options, io);
}
