import { nameOf } from "../../model/operation-purpose.ts";
import { isTestFile } from "../../model/test-files.ts";
import { plain } from "../setup/plain.ts";
import type { FeatureFacts } from "./feature-facts.ts";
import { DEAD_LETTERS, type DraftTask, INBOX, MODELS, OUTBOX } from "./task-kinds.ts";
import type { DraftPhase } from "./task-plan.ts";

/** Begins the titles of tasks that nothing but the specification can answer. */
export const RULES = "Rules Of";

/** What the tests of a task show, where they show all that it is for. */
const shown: readonly (readonly [title: RegExp, what: string])[] = [
  [new RegExp(`^${MODELS}$`), ": a second start changes nothing"],
  [/^Client Of /, ": a call ends when nobody answers"],
  [new RegExp(`^${OUTBOX}$`), ": a change and its event are stored together or not at all"],
  [new RegExp(`^${INBOX}$`), ": a second delivery changes nothing"],
  [new RegExp(`^${DEAD_LETTERS}$`), ": what cannot be processed is kept and blocks no other"],
  [/^Publish /, ": the event is in the outbox as its contract describes it"],
  [/^Consume /, ": the event is held against its contract"],
  [/^Operation /, ""],
  [/^Health Check Endpoint$/, ": the service says how it and what it needs are"],
];

/**
 * The tasks of a service on the kit: routes, validation and messages follow from the contracts, and are done when their tests say so. What the service
 * decides is a task of its own for each story, and done when its scenarios hold.
 */
export function onKit(phase: DraftPhase, facts: FeatureFacts): DraftPhase {
  const { layout } = facts.stack;
  const tasks = phase.tasks.map((task): DraftTask => {
    const what = shown.find(([title]) => title.test(task.title))?.[1];
    const tests = task.title.startsWith("Operation ")
      ? phase.tasks.filter(({ title }) => title === task.title.replace("Operation ", "Contract Test Of "))
      : [task];
    const commands = tests.flatMap(({ files }) => files.filter(isTestFile)).map(layout.testCommand);
    return what === undefined ? task : { ...task, acceptance: `\`${commands.join(" && ")}\` passes${what}` };
  });
  return { ...phase, tasks: [...tasks, ...rules(phase, tasks, facts)] };
}

function rules({ story }: DraftPhase, tasks: readonly DraftTask[], facts: FeatureFacts): DraftTask[] {
  const { layout } = facts.stack;
  const built = tasks.filter(({ title }) => /^(?:Operation|Consume) /.test(title));
  const sources = (one: readonly DraftTask[]) =>
    one.flatMap(({ files }) => files.filter((file) => !isTestFile(file)));
  const scenario = tasks.find(({ title }) => title.startsWith("Scenario Test: "));
  if (story && scenario && built.length > 0)
    return [
      {
        title: `${RULES} ${story.id}: ${plain(story.title)}`,
        files: sources(built),
        after: built.map(({ title }) => title),
        type: "Implementation",
        acceptance: `\`${scenario.files.map(layout.testCommand).join(" && ")}\` passes`,
        covers: scenario.covers,
      },
    ];
  return built.map((task) => ({
    title: task.title.replace(/^(?:Operation|Consume)/, RULES),
    files: sources([task]),
    after: [task.title],
    type: "Implementation",
    acceptance: effectOf(task, facts),
    covers: task.covers,
  }));
}

/** What no test holds yet, in words. */
function effectOf({ title }: DraftTask, { operations }: FeatureFacts): string {
  const operation = operations.find((one) => title === `Operation ${plain(nameOf(one), 200)}`);
  if (!operation) return `It has its effect once, however often it arrives`;
  const statuses = [...new Set(operation.responses.map(({ status }) => status))];
  return `Answers ${statuses.join(", ") || "as the contract says"}`;
}
