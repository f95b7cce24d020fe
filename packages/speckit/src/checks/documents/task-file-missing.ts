import { taskName } from "../../model/task-list.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { featuresOf } from "./documents-of.ts";

export const taskFileMissing: Check = {
  id: "task-file-missing",
  area: "tasks",
  severity: "warning",
  title: "The files of tasks that are done exist",
  why: "Whoever reads the list, person or agent, takes the work as done and builds on it.",
  fix: "Write the file, correct the path, or take the tick from the task.",

  *run(workspace) {
    if (!workspace.files) return;
    const exists = fileFinder(workspace.files);
    for (const { feature, service } of featuresOf(workspace)) {
      for (const task of feature.tasks?.tasks ?? []) {
        if (task.state !== "done") continue;
        const missing = task.files.filter((file) => isExact(file) && !exists(file));
        // A task that renames or removes names files that are gone; so does one whose other files are there.
        if (missing.length === 0 || missing.length < task.files.length || removes.test(task.title)) continue;
        yield {
          service: service?.name,
          message: `${taskName(task.id)} is done, but there is no ${listing(missing)}.`,
          at: task.at,
        };
      }
    }
  },
};

const removes =
  /\b(?:remove|delete|rename|move|drop|migrate|replace|clean ?up|eliminar|supprimer|löschen)\w*|删除|刪除|移除|重命名|削除|удал/iu;

/** A path with blanks to fill in, or a pattern, names no one file. */
function isExact(file: string): boolean {
  return (
    !/[*{}<>$]|\.\.\.|\[[^\]]*\s/.test(file) && !/(?:^|\/)(?:node_modules|dist|build|target|out)\//.test(file)
  );
}

/** Paths are written from the root, the service or any folder between. */
function fileFinder(files: readonly string[]): (file: string) => boolean {
  const names = new Map<string, string[]>();
  for (const file of files) {
    const name = file.slice(file.lastIndexOf("/") + 1);
    const known = names.get(name);
    if (known) known.push(file);
    else names.set(name, [file]);
  }
  return (written) => {
    const path = written.replace(/^(?:\.{0,2}\/)+/, "");
    const same = names.get(path.slice(path.lastIndexOf("/") + 1)) ?? [];
    return same.some((file) => file === path || file.endsWith(`/${path}`) || path.endsWith(`/${file}`));
  };
}
