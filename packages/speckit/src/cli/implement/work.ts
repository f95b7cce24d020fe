import { orderTasks, type TaskStep } from "../../authoring/implement/order.ts";
import { nextStep, progressOf, type TaskProgress } from "../../authoring/implement/progress.ts";
import type { ProofFacts } from "../../authoring/implement/proofs.ts";
import { type Task, type TaskList, taskArgument, taskName } from "../../model/task-list.ts";
import type { Feature } from "../../model/workspace.ts";
import { readBegun } from "../../node/implement/checkpoints.ts";
import type { ReadWorkspace } from "../../node/read-workspace.ts";
import { closestName } from "../closest-name.ts";
import { type Io, type Options, UsageError } from "../command.ts";
import { featureTarget } from "../feature-target.ts";
import { type OpenWorkspace, openWorkspace } from "../open-workspace.ts";
import { optionText } from "../options.ts";

/** A task list with all that is known of it now. */
export interface Work {
  readonly opened: OpenWorkspace;
  readonly root: string;
  readonly service: { readonly name: string; readonly dir: string };
  readonly feature: Feature;
  readonly list: TaskList;
  readonly progress: TaskProgress;
  readonly facts: ProofFacts;
}

/**
 * Reads the workspace and puts the tasks in order.
 * @throws UsageError when there is no list, nothing in it, or no order
 */
export function openWork(command: string, options: Options, io: Io): Work {
  const opened = openWorkspace(options, io);
  const { read } = opened;
  read.save();
  const { service, feature } = featureTarget(opened, command, "tasks");
  const list = feature.tasks;
  if (!list || list.tasks.length === 0)
    throw new UsageError(`There is no task in ${list?.file ?? feature.dir}. Make the list: speckit tasks.`);
  if (feature.dir.startsWith(".."))
    throw new UsageError(`${list.file} belongs to another repository. Run speckit ${command} there.`);
  const order = orderTasks(list);
  if (order.kind === "impossible")
    throw new UsageError(`${order.at.file}:${order.at.line}: ${order.message}`);
  return {
    opened,
    root: read.root,
    service: { name: service.name, dir: service.dir },
    feature,
    list,
    progress: progressOf(order.steps, list.tasks),
    facts: { packages: packagesOf(read, service.dir), tasks: list.tasks },
  };
}

/** Names of the packages that a service, or the repository around it, lists. */
function packagesOf(read: ReadWorkspace, dir: string): Set<string> {
  const files = new Set(read.workspace.files);
  const at = (name: string) => (dir === "." ? name : `${dir}/${name}`);
  const listed = [at("package.json"), "package.json"].flatMap((file) => {
    const value = files.has(file) ? read.valueOf(file) : undefined;
    if (typeof value !== "object" || value === null) return [];
    const { dependencies, devDependencies } = value as Record<string, unknown>;
    return [dependencies, devDependencies].flatMap((one) =>
      typeof one === "object" && one !== null ? Object.keys(one) : [],
    );
  });
  const isGradle = ["build.gradle", "build.gradle.kts"].some((name) => files.has(at(name)));
  return new Set([...listed, ...(isGradle ? ["gradle"] : [])]);
}

/**
 * The task that is meant: by its id, else the one that was begun, else the next.
 * @throws UsageError when there is no such task
 */
export function stepMeant(
  { list, progress, root, feature }: Work,
  id: string | undefined,
): TaskStep | undefined {
  if (id === undefined) {
    const begun = readBegun(root, feature.dir);
    const step = progress.steps.find(({ task }) => task.id === begun?.task);
    return step && !progress.isSettled(step.task.id) ? step : nextStep(progress);
  }
  const bare = id.trim().replace(/^tasks?\s+/i, "");
  const known = idMeant(list.tasks, bare);
  const step = progress.steps.find(({ task }) => task.id === known);
  if (step) return step;
  const ids = list.tasks.map((task) => task.id);
  const nearest = closestName(bare, ids);
  throw new UsageError(
    `There is no task '${id}' in ${list.file}. ${nearest ? `Did you mean ${taskName(nearest)}?` : `There are ${ids.length}: ${ids.slice(0, 8).join(", ")}${ids.length > 8 ? ", …" : ""}.`}`,
  );
}

/** The id that a task has, of one that somebody wrote: `t001`, `#4` without its mark, `T1` where no task has that id and T001 is the only one like it. */
export function idMeant(tasks: readonly Pick<Task, "id">[], written: string): string | undefined {
  const named = (id: string) => taskArgument(id.toLowerCase());
  const short = (id: string) => named(id).replace(/(?<=^[a-z]+)0+(?=\d)/, "");
  const exact = tasks.find(({ id }) => named(id) === named(written));
  const [only, another] = tasks.filter(({ id }) => short(id) === short(written));
  return (exact ?? (another ? undefined : only))?.id;
}

/**
 * What stands before a task has to be done before it is, unless somebody insists.
 * @throws UsageError that names what is open
 */
export function demandReady({ progress }: Work, step: TaskStep, options: Options): void {
  const open = progress.openBefore(step);
  if (open.length === 0 || options.force === true) return;
  const some = open.slice(0, 5).map(taskName);
  throw new UsageError(
    `${taskName(step.task.id)} waits for ${some.join(", ")}${open.length > 5 ? ` and ${open.length - 5} more` : ""}. Do that first, or insist with --force.`,
  );
}

/** `--service=NAME`, where the command line named one. */
export function serviceFlag({ service }: Pick<Work, "service">, options: Options): string {
  return options.service === undefined ? "" : ` --service=${service.name}`;
}

/** What was said with a command, for the next one that tries the same task. */
export function triedWith(options: Options, agrees = options.yes === true): string {
  const named = ["url", "timeout"].flatMap((name) => {
    const value = optionText(options, name);
    return value === undefined ? [] : [` --${name} ${value}`];
  });
  return [...(agrees ? [" --yes"] : []), ...named, ...(options.force === true ? [" --force"] : [])].join("");
}
