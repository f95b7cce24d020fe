import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type WorkspaceDocument, workspaceDocuments } from "@speckit/cli/cli";
import { isInside } from "./inside.ts";
import type { Place } from "./place.ts";
import { ioAt } from "./run-command.ts";

/** Larger ones are for tools that read a part of a file. */
const MOST_BYTES = 512 * 1024;

/** The text of a document, or why there is none. */
export type ReadDocument =
  | { readonly kind: "read"; readonly text: string }
  | { readonly kind: "refused"; readonly reason: string };

export async function listDocuments(place: Place): Promise<readonly WorkspaceDocument[]> {
  return (await documentsAt(place)).documents;
}

/** Reads a document by its path from the root. Only what the engine lists is read: no other file, and none that a link leads out of the tree to. */
export async function readDocument(file: string, place: Place): Promise<ReadDocument> {
  const { root, documents } = await documentsAt(place);
  if (!documents.some((document) => document.file === file))
    return refused(`There is no document ${file}. resources/list names those that there are.`);
  if (!isInside(root, root, file)) return refused(`${file} is outside of the workspace.`);
  const path = join(root, file);
  const { size } = statSync(path);
  if (size > MOST_BYTES)
    return refused(
      `${file} has ${Math.round(size / 1024)} KB, too much for a context. Ask find for the place.`,
    );
  return { kind: "read", text: readFileSync(path, "utf8") };
}

/** @throws Error with the engine's sentence when there is nothing to read */
async function documentsAt(place: Place) {
  const io = ioAt(place, { out: "", err: "" });
  return workspaceDocuments(place.isRoot ? { cwd: place.cwd } : {}, io);
}

function refused(reason: string): ReadDocument {
  return { kind: "refused", reason };
}
