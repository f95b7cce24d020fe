import type { AuthorRun } from "../../src/authoring/author.ts";
import { isTestFirst } from "../../src/authoring/implement/task-kind.ts";
import type { Implemented } from "../../src/authoring/implementer.ts";
import { offlineAuthor } from "../../src/authoring/offline/offline-author.ts";
import { offlineImplementer } from "../../src/authoring/scaffold/offline-implementer.ts";
import { readFleet } from "../../src/index.ts";
import type { Task } from "../../src/model/task-list.ts";

export type Files = Record<string, string>;

/** Nobody watches. */
const run: AuthorRun = { signal: new AbortController().signal, progress: () => {}, used: () => {} };

/** What the offline author answered to each task of a service, in order. */
export interface Generated {
  /** Everything that is there at the end, by path. */
  readonly files: Files;
  readonly answers: readonly { readonly task: Task; readonly answer: Implemented }[];
}

/** Drafts the tasks of a service and does them, as `tasks` and `implement --author offline` do, without a disk. */
export async function generate(
  given: Files,
  service: string,
  dir = `services/${service}`,
): Promise<Generated> {
  const files = { ...given };
  const answers: { task: Task; answer: Implemented }[] = [];
  const featureDir = Object.keys(given)
    .find((file) => file.startsWith(dir === "." ? "specs/" : `${dir}/specs/`))
    ?.replace(/\/[^/]+$/, "");
  const tasksFile = `${featureDir}/tasks.md`;
  files[tasksFile] ??= await offlineAuthor.draft(
    { kind: "tasks", file: tasksFile, prompt: "", ...placeIn(files, service, featureDir) },
    undefined,
    run,
  );
  const { feature } = placeIn(files, service, featureDir);
  for (const { id, ...rest } of feature.tasks?.tasks ?? []) {
    const parts = isTestFirst(rest) ? (["tests", "implementation"] as const) : [undefined];
    for (const part of parts) {
      const { task, answer } = await implement(files, service, id, part, featureDir);
      answers.push({ task, answer });
      for (const { file, text } of answer.files) files[file] = text;
    }
  }
  return { files, answers };
}

/** The answer to one task; the whole of it when no part is named. */
export async function implement(
  files: Files,
  service: string,
  id: string,
  part?: "tests" | "implementation",
  featureDir?: string,
): Promise<{ task: Task; answer: Implemented }> {
  const place = placeIn(files, service, featureDir);
  const task = place.feature.tasks?.tasks.find((one) => one.id === id);
  if (!task) throw new Error(`There is no task ${id}.`);
  const assignment = {
    ...place,
    task,
    pack: "",
    failure: undefined,
    part,
    textOf: (file: string) => files[file],
  };
  return { task, answer: await offlineImplementer.implement(assignment, run) };
}

function placeIn(files: Files, service: string, featureDir: string | undefined) {
  const { workspace } = readFleet(files);
  const own = workspace.services.find(({ name }) => name === service);
  const feature = own?.features.find(({ dir }) => featureDir === undefined || dir === featureDir);
  if (!own || !feature) throw new Error(`There is no ${service} with a feature.`);
  return { workspace, service: { name: own.name, dir: own.dir }, feature };
}
