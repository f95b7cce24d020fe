import { kebab } from "../offline/words.ts";
import type { ServicePlan } from "./service-plan.ts";
import {
  checksCredentials,
  checksOwnTokens,
  type IsThere,
  writeApp,
  writeCheckCredentials,
  writeCheckToken,
  writeMain,
  writeService,
} from "./write-app.ts";
import { writeClient, writeClientTest } from "./write-client.ts";
import {
  writeContractSupport,
  writeContractTest,
  writeHealthTest,
  writeTestApp,
} from "./write-contract-tests.ts";
import { writeConsumer, writeConsumerTest, writePublication, writePublicationTest } from "./write-events.ts";
import {
  writeDeadLettersTest,
  writeDeliveries,
  writeInboxTest,
  writeOutboxTest,
} from "./write-message-tests.ts";
import {
  writeBuildTsconfig,
  writeDockerfile,
  writeDockerignore,
  writeGitignore,
  writePackage,
  writeTsconfig,
  writeVitestConfig,
} from "./write-project.ts";
import { writeRoute } from "./write-route.ts";
import { writeScenarioTest } from "./write-scenario-test.ts";
import { writeMigrations, writeStore, writeStoreTest } from "./write-store.ts";

/** The texts of files, by path relative to the service; made when they are asked for. */
export type ServiceFiles = ReadonlyMap<string, (isThere: IsThere) => string>;

/** Files that say what others there are, and change with them. */
export const joining: readonly string[] = ["src/app.ts", "src/service.ts", "src/store/migrations.ts"];

/** Every file of a service that can be written without knowing its business rules. */
export function serviceFiles(plan: ServicePlan): ServiceFiles {
  return new Map([
    ...projectFiles(plan),
    ...operationFiles(plan),
    ...messageFiles(plan),
    ...plan.entities.flatMap((entity): Entry[] => [
      [`src/store/${entity.file}.ts`, () => writeStore(plan, entity)],
      [`test/store/${entity.file}.test.ts`, () => writeStoreTest(plan, entity)],
    ]),
    ...plan.upstream.flatMap((upstream): Entry[] => [
      [`src/clients/${kebab(upstream.service)}.ts`, () => writeClient(upstream)],
      [`test/clients/${kebab(upstream.service)}.test.ts`, () => writeClientTest(upstream)],
    ]),
  ]);
}

type Entry = [file: string, write: (isThere: IsThere) => string];

/** Docker takes the one that stands beside the Dockerfile and has its name, wherever it is built. */
export const DOCKERIGNORE = "Dockerfile.dockerignore";

/** Files of the set-up that no task list names. */
export function unnamedSetupFiles(plan: ServicePlan): string[] {
  return [
    ".gitignore",
    ...(checksOwnTokens(plan) ? ["src/check-token.ts"] : []),
    ...(checksCredentials(plan) ? ["src/check-credentials.ts"] : []),
    ...(plan.consumed.length > 0 ? ["test/support/deliveries.ts"] : []),
    ...plan.operations.filter(({ isExtra }) => isExtra).map(({ file }) => `src/routes/${file}.ts`),
  ];
}

function projectFiles(plan: ServicePlan): Entry[] {
  return [
    ["package.json", () => writePackage(plan)],
    ["tsconfig.json", writeTsconfig],
    ["tsconfig.build.json", writeBuildTsconfig],
    ["vitest.config.ts", writeVitestConfig],
    [".gitignore", writeGitignore],
    ["Dockerfile", () => writeDockerfile(plan)],
    [DOCKERIGNORE, () => writeDockerignore(plan)],
    ["src/main.ts", writeMain],
    ["src/service.ts", (isThere) => writeService(plan, isThere)],
    ["src/app.ts", (isThere) => writeApp(plan, isThere)],
    ["src/check-token.ts", () => writeCheckToken(plan)],
    ["src/check-credentials.ts", () => writeCheckCredentials(plan)],
    ["src/store/migrations.ts", (isThere) => writeMigrations(plan, isThere)],
    ["test/support/app.ts", () => writeTestApp(plan)],
    ["test/support/contract.ts", writeContractSupport],
    ["test/health.test.ts", () => writeHealthTest(plan)],
  ];
}

function operationFiles({ operations, stories }: ServicePlan): Entry[] {
  return [
    ...operations.flatMap((operation): Entry[] => [
      [`src/routes/${operation.file}.ts`, () => writeRoute(operation)],
      [`test/contract/${operation.file}.test.ts`, () => writeContractTest(operation)],
    ]),
    ...stories.map(
      (story): Entry => [
        `test/scenarios/${kebab(story.story.title)}.test.ts`,
        () => writeScenarioTest(story),
      ],
    ),
  ];
}

function messageFiles(plan: ServicePlan): Entry[] {
  const published = plan.published.filter((event) => event.isEnvelope);
  const consumed = plan.consumed.filter((event) => event.isEnvelope);
  return [
    ...published.flatMap((event): Entry[] => [
      [`src/events/${kebab(event.event)}.ts`, () => writePublication(event)],
      [`test/events/${kebab(event.event)}.test.ts`, () => writePublicationTest(plan, event)],
    ]),
    ...consumed.flatMap((event): Entry[] => [
      [`src/consumers/${kebab(event.event)}.ts`, () => writeConsumer(plan, event)],
      [`test/consumers/${kebab(event.event)}.test.ts`, () => writeConsumerTest(event)],
    ]),
    ...(published.length > 0
      ? [["test/messages/outbox.test.ts", () => writeOutboxTest(plan)] satisfies Entry]
      : []),
    ["test/support/deliveries.ts", () => writeDeliveries(plan)],
    ...(consumed.length > 0
      ? ([
          ["test/messages/inbox.test.ts", () => writeInboxTest(plan)],
          ["test/messages/dead-letters.test.ts", () => writeDeadLettersTest(plan)],
        ] satisfies Entry[])
      : []),
  ];
}
