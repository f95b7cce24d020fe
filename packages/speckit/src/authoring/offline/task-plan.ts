import type { Operation } from "../../model/contract.ts";
import type { Requirement, Story } from "../../model/spec.ts";
import { plain } from "../setup/plain.ts";
import type { FeatureFacts } from "./feature-facts.ts";
import { onKit } from "./kit-tasks.ts";
import { assignToStories, type StoryShare } from "./story-shares.ts";
import {
  consumerTask,
  contractTest,
  DEAD_LETTERS,
  type DraftTask,
  INBOX,
  MODELS,
  OUTBOX,
  operationTask,
  SETUP,
} from "./task-kinds.ts";
import { kebab } from "./words.ts";

export interface DraftPhase {
  readonly title: string;
  readonly story: Story | undefined;
  readonly tasks: readonly DraftTask[];
}

/** All that is to be done for a feature, in order: foundation, a phase for each story with its tests first, deployment. */
export function planTasks(facts: FeatureFacts): DraftPhase[] {
  const shares = assignToStories(facts);
  const phases = [
    { title: "Foundation", story: undefined, tasks: foundation(facts) },
    ...shares.phases.map((share) => ({
      title: share.story.title,
      story: share.story,
      tasks: storyTasks(share, facts),
    })),
    ...further(shares.rest, facts),
    { title: "Deployment", story: undefined, tasks: deployment(facts) },
  ].filter(({ tasks }) => tasks.length > 0);
  return facts.stack.layout.isOnKit ? phases.map((phase) => onKit(phase, facts)) : phases;
}

function foundation(facts: FeatureFacts): DraftTask[] {
  const { stack, components, entity, published, consumed, upstream, store } = facts;
  const { layout, database, messageBus = "the message bus" } = stack;
  const packages = [...new Set([...layout.packages, ...components.flatMap((one) => one.package ?? [])])];
  // The kit brings outbox, inbox and queues: there is nothing to test before it is there.
  const messaging = layout.isOnKit ? held : tested;
  return [
    {
      title: SETUP,
      files: layout.manifests,
      after: [],
      packages,
      type: "Configuration",
      acceptance: `Can run \`${layout.start}\``,
      covers: [],
    },
    tested(
      MODELS,
      layout.files("model", entity),
      [SETUP],
      `${entity} model in ${plain(store)}${database ? ` (${database})` : ""}; a second start changes nothing`,
    ),
    ...upstream.map(({ service, failureMode }) =>
      tested(
        `Client Of ${plain(service)}`,
        layout.files("client", service),
        [SETUP],
        failureMode && !failureMode.includes("[NEEDS")
          ? plain(failureMode, 200)
          : `Calls ${plain(service)} and ends when it does not answer`,
      ),
    ),
    ...(published.length > 0
      ? [
          messaging(
            OUTBOX,
            layout.files("outbox", "outbox"),
            [MODELS],
            `A change and its event are stored together or not at all; a relay publishes to ${messageBus} afterwards`,
          ),
        ]
      : []),
    ...(consumed.length > 0
      ? [
          messaging(
            INBOX,
            layout.files("inbox", "inbox"),
            [MODELS],
            "The id of an event is stored with its effect; a second delivery changes nothing",
          ),
          messaging(
            DEAD_LETTERS,
            layout.files("dead-letters", "dead-letters"),
            [INBOX],
            "A message that fails again and again is kept in the dead-letter queue and blocks no other",
          ),
        ]
      : []),
  ];
}

function tested(
  title: string,
  files: readonly string[],
  after: readonly string[],
  acceptance: string,
): DraftTask {
  return { title, files, after, type: "[Test] → Implementation", acceptance, covers: [] };
}

function held(
  title: string,
  files: readonly string[],
  after: readonly string[],
  acceptance: string,
): DraftTask {
  return { ...tested(title, files, after, acceptance), type: "Implementation" };
}

function storyTasks(
  { story, operations, published, consumed, requirements }: StoryShare,
  facts: FeatureFacts,
): DraftTask[] {
  const { layout } = facts.stack;
  const named = [`${story.id}: ${plain(story.title)}`, ...requirements.map(({ id }) => id)];
  const scenarioTests = layout.files("scenario", story.title);
  const test: DraftTask = {
    title: `Scenario Test: ${plain(story.title)}`,
    files: scenarioTests,
    after: [MODELS],
    type: "Test",
    acceptance: `The test holds every Given, When and Then of ${story.id}, and fails before its implementation`,
    covers: named,
  };
  const contracts = operations.map((operation) => contractTest(operation, facts));
  const built = [
    ...operations.map((operation) => operationTask(operation, test.title, named, facts)),
    ...consumed.map((event) => consumerTask(event, test.title, named, facts)),
  ];
  const own: DraftTask[] =
    built.length > 0
      ? built
      : [
          {
            title: `Implementation: ${plain(story.title)}`,
            files: layout.files("story", story.title),
            after: [test.title],
            type: "Implementation",
            acceptance: `\`${scenarioTests.map(layout.testCommand).join(" && ")}\` passes`,
            covers: named,
          },
        ];
  const publications = published.map(
    (event): DraftTask => ({
      title: `Publish ${event}`,
      files: layout.files("publication", event),
      after: [OUTBOX, ...own.slice(0, 1).map(({ title }) => title)],
      type: "[Test] → Implementation",
      acceptance: `\`${event}\` is in the outbox after the change, as its contract describes it`,
      covers: [...named, `\`${event}\``],
    }),
  );
  return [test, ...contracts, ...own, ...publications];
}

/** What no story speaks of has to be built all the same. */
function further(
  rest: {
    operations: readonly Operation[];
    published: readonly string[];
    consumed: readonly string[];
    requirements: readonly Requirement[];
  },
  facts: FeatureFacts,
): DraftPhase[] {
  const { layout } = facts.stack;
  const operations = rest.operations.flatMap((operation) => {
    const test = contractTest(operation, facts);
    return [test, operationTask(operation, test.title, [], facts)].map((task) => ({
      ...task,
      after: [...new Set(task.after)],
    }));
  });
  const consumers = rest.consumed.map((event) => ({
    ...consumerTask(event, SETUP, [], facts),
    after: [INBOX, DEAD_LETTERS],
  }));
  const publications = rest.published.map(
    (event): DraftTask => ({
      title: `Publish ${event}`,
      files: layout.files("publication", event),
      after: [OUTBOX],
      type: "[Test] → Implementation",
      acceptance: `\`${event}\` is in the outbox after the change, as its contract describes it`,
      covers: [`\`${event}\``],
    }),
  );
  const requirements = rest.requirements.map(
    ({ id }): DraftTask => ({
      title: `Requirement ${id}`,
      files: layout.files("scenario", kebab(id)),
      after: [MODELS],
      type: "[Test] → Implementation",
      acceptance: `A test decides ${id}`,
      covers: [id],
    }),
  );
  return [
    {
      title: "What No Scenario Names",
      story: undefined,
      tasks: [...operations, ...consumers, ...publications, ...requirements],
    },
  ];
}

function deployment({
  stack: { layout },
  healthPaths,
  upstream,
  published,
  consumed,
}: FeatureFacts): DraftTask[] {
  const parts = [
    "the database",
    ...(published.length + consumed.length > 0 ? ["the message bus"] : []),
    ...upstream.map(({ service }) => plain(service)),
  ];
  return [
    {
      title: "Dockerfile",
      files: ["Dockerfile"],
      // On the kit the service starts with what there is, and an image of it can be made.
      ...(layout.isOnKit ? { after: [SETUP] } : { after: [], afterAll: true }),
      type: "Configuration",
      acceptance: "Can build and run container",
      covers: [],
    },
    {
      title: "Health Check Endpoint",
      files: layout.files("health", "health"),
      after: [layout.isOnKit ? SETUP : "Dockerfile"],
      type: "Implementation",
      acceptance: `GET ${healthPaths[0] ?? "/health"} returns service status: ${parts.join(", ")}`,
      covers: healthPaths.map((path) => `\`GET ${plain(path)}\``),
    },
  ];
}
