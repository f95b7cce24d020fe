import { type Command, type ExitCode, type Options, UsageError } from "./command.ts";
import { failTask } from "./implement/fail-task.ts";
import { acceptTask, seeFailing } from "./implement/person.ts";
import { orderLines, tell } from "./implement/report.ts";
import { goOn, type Run, withWork, workOptions } from "./implement/run.ts";
import { idMeant, openWork, serviceFlag } from "./implement/work.ts";
import { optionText } from "./options.ts";

export const implement: Command = {
  name: "implement",
  summary: "Work through tasks.md in the order of what waits for what, with a checkpoint for each task",
  options: [
    ["--task <id>", "this task instead of the next"],
    [
      "--done [id]",
      "it is done: its files, its acceptance and the project's checks decide, then its box is ticked",
    ],
    ["--fail <words...>", "it cannot be done, and why; the engine says what it knows of that"],
    ["--red [id]", "its tests are written: they must fail now, before what they test is there"],
    ["--dry-run", "print the order and what each task waits for; write nothing"],
    ["--force", "begin or accept a task although one that it waits for is open"],
    ...workOptions,
  ],
  examples: [
    "speckit implement --dry-run",
    "speckit implement --service=auth-service",
    "speckit implement --done 1.2 --yes",
    "speckit implement --done 4.2 --url http://127.0.0.1:3001",
    'speckit implement --fail 2.1 "argon2 does not build here"',
    "speckit implement --author offline --yes",
  ],

  async run(_, given, io) {
    const interrupted = once(io.interrupted);
    const listening = { ...io, interrupted };
    demandOne(given);
    if (given.dryRun === true) {
      const work = openWork("implement", given, io);
      const next = `speckit implement${serviceFlag(work, given)}`;
      return tell("implement", work, { outcome: "order", order: orderLines(work), next }, given, io);
    }
    return withWork("implement", given, listening, (run) => act(run, given));
  },
};

/** Signals are listened to once, however many tasks there are. */
export function once(interrupted: () => Promise<void>): () => Promise<void> {
  let promise: Promise<void> | undefined;
  return () => {
    promise ??= interrupted();
    return promise;
  };
}

const actions = ["done", "fail", "red", "dryRun"] as const;

/** @throws UsageError when two things are asked for at once */
function demandOne(options: Options): void {
  const asked = actions.filter((name) => options[name] !== undefined);
  const flag = (name: string) => (name === "dryRun" ? "--dry-run" : `--${name}`);
  if (asked.length > 1)
    throw new UsageError(`${asked.map(flag).join(" and ")} are two things. Say one at a time.`);
  const [one] = asked;
  if (one !== undefined && one !== "dryRun" && options.author !== undefined)
    throw new UsageError(`${flag(one)} is for a person to say. Leave out --author.`);
}

async function act(run: Run, options: Options): Promise<ExitCode> {
  const task = optionText(options, "task");
  const id = (value: unknown) => (typeof value === "string" ? value : task);
  if (options.done !== undefined) return acceptTask(run, id(options.done));
  if (options.red !== undefined) return seeFailing(run, id(options.red));
  if (options.fail === undefined) return goOn(run, task);
  const words = Array.isArray(options.fail) ? options.fail.map(String) : [];
  const [first = "", ...rest] = words;
  const isId = idMeant(run.work.list.tasks, first) !== undefined;
  const why = (isId ? rest : words).join(" ").trim();
  if (why === "")
    throw new UsageError(
      `--fail needs a reason: speckit implement --fail ${isId ? first : "1.2"} "what went wrong".`,
    );
  return failTask(run, isId ? first : task, why);
}
