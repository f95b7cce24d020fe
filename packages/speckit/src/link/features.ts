import { groupBy } from "../model/group-by.ts";
import { compareText } from "../model/location.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import type { Feature } from "../model/workspace.ts";

/** Documents of one folder `specs/NNN-slug` form a feature. Features come sorted by folder, so numbers count up. */
export function groupFeatures(documents: readonly ParsedDocument[]): Feature[] {
  const ofFeatures = documents.filter(({ kind }) => ["spec", "plan", "tasks", "summary"].includes(kind));
  const byDir = groupBy(ofFeatures, ({ file }) => file.slice(0, Math.max(0, file.lastIndexOf("/"))));
  return [...byDir]
    .sort(([a], [b]) => compareText(a, b))
    .map(([dir, members]) => ({
      slug: dir.slice(dir.lastIndexOf("/") + 1),
      dir,
      spec: members.find((document) => document.kind === "spec"),
      plan: members.find((document) => document.kind === "plan"),
      tasks: members.find((document) => document.kind === "tasks"),
      summaries: members
        .filter(({ kind }) => kind === "summary")
        .map(({ file }) => file)
        .sort(compareText),
      staleReferences: members.flatMap((document) => (document.kind === "summary" ? document.stale : [])),
    }));
}
