import { describeStale, type StaleReference } from "../../model/summary.ts";
import type { Workspace } from "../../model/workspace.ts";
import type { Check } from "../check.ts";
import { featuresOf } from "./documents-of.ts";

export const referenceStale: Check = {
  id: "reference-stale",
  area: "traceability",
  severity: "warning",
  title: "References of quick-ref.md and ai-doc.md lead where they say",
  why: "Whoever follows the reference, person or agent, reads something else and takes it for what was meant.",
  fix: "Bring the documents up to date with 'speckit document --update', or correct the reference.",

  *run(workspace) {
    const isHere = folderFinder(workspace);
    for (const { feature, service } of featuresOf(workspace)) {
      for (const stale of feature.staleReferences ?? []) {
        // Where code is kept in another repository, its lines are for that one to hold.
        if (stale.problem === "no-file" && !isHere(stale.text, [service?.dir ?? ".", feature.dir])) continue;
        yield {
          service: service?.name,
          message: describeStale(stale),
          at: stale.at,
          severity: severityOf(stale),
        };
      }
    }
  },
};

/** Somebody who looks for the name finds it in the same file. */
function severityOf({ problem, foundAt }: StaleReference): "info" | undefined {
  return problem === "other-line" && foundAt !== undefined ? "info" : undefined;
}

/** Says whether the first folder of a path is in the tree, below one of some folders or at the root. */
function folderFinder({ files }: Workspace): (path: string, bases: readonly string[]) => boolean {
  let folders: Set<string> | undefined;
  return (path, bases) => {
    const [first = "", ...rest] = path.replace(/^(?:\.{1,2}\/)+/, "").split("/");
    if (rest.length === 0) return true;
    folders ??= new Set((files ?? []).flatMap(foldersAbove));
    return [".", ...bases].some((base) => folders?.has(base === "." ? first : `${base}/${first}`));
  };
}

function foldersAbove(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
