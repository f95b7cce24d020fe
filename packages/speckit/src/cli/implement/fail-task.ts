import { taskArgument, taskName } from "../../model/task-list.ts";
import type { ExitCode } from "../command.ts";
import { beginTask, keepBegun } from "./begin-and-finish.ts";
import { type PersonRun, stepFor } from "./person.ts";
import { tell } from "./report.ts";
import { serviceFlag } from "./work.ts";

/** Somebody cannot do a task: why is remembered, and what the engine knows of it is shown. */
export async function failTask(run: PersonRun, id: string | undefined, why: string): Promise<ExitCode> {
  const { work, options, io, command } = run;
  const step = stepFor(run, id);
  const begun = beginTask(work, step.task, "person", io);
  keepBegun(work, { ...begun, attempts: begun.attempts + 1, failure: why });
  const { failureText } = await import("./failure-text.ts");
  const known = await failureText(work, why, options, io);
  const notes = [`Noted: ${taskName(step.task.id)} is open, and why is remembered.`];
  const next = `speckit implement${serviceFlag(work, options)} --done ${taskArgument(step.task.id)}`;
  return tell(
    command,
    work,
    { outcome: "next", step, notes, problems: known === "" ? [] : [known], next },
    options,
    io,
  );
}
