import type { ApiContract, Operation } from "../../model/contract.ts";
import { isHealth, nameOf } from "../../model/operation-purpose.ts";
import { contractsOf, type Service, type Workspace } from "../../model/workspace.ts";
import { joined } from "../implement/writable.ts";
import type { TaskAssignment } from "../implementer.ts";
import { featureFacts } from "../offline/feature-facts.ts";
import { operationFile } from "../offline/operation-file.ts";
import { assignToStories, type StoryShare } from "../offline/story-shares.ts";
import { domainOf } from "../offline/words.ts";
import { relativeTo } from "../relative-to.ts";
import { type ContractReader, contractReader } from "./contract-reader.ts";
import { entitiesOf } from "./entities.ts";
import { planEvents } from "./plan-events.ts";
import { planUpstream } from "./plan-upstream.ts";
import { pointerTo } from "./pointer.ts";
import type { PlannedEvent, PlannedOperation, PlannedStory, ServicePlan } from "./service-plan.ts";
import { camel, capitalized } from "./write-code.ts";

type Knowledge = Pick<TaskAssignment, "workspace" | "service" | "feature" | "textOf">;

/** Reads from the workspace what a service is to be. The feature has a specification. */
export function planService({ workspace, service, feature, textOf }: Knowledge): ServicePlan {
  const own = workspace.services.find(({ name }) => name === service.name);
  const features = (own?.features ?? [feature]).filter(({ spec }) => spec !== undefined);
  const factsOf = (one: typeof feature) =>
    featureFacts({ kind: "tasks", file: "", workspace, service, feature: one, prompt: "" });
  const all = features.map(factsOf);
  const { stack, components } = factsOf(feature);
  const contracts = contractReader(textOf);
  const shares = all.flatMap((facts) => assignToStories(facts).phases);
  const operations = own ? operationsOf(own, shares, contracts) : [];
  const { published, consumed } = planEvents(workspace, service.name, shares, contracts);
  const domain = domainOf(service.name);
  return {
    name: service.name,
    dir: service.dir,
    domain: camel(domain, "service"),
    tables: `${capitalized(domain, "service")}Tables`,
    contracts: (own?.apis ?? []).map(({ file }) => relativeTo(service.dir, file)),
    oldContract: own?.apis.find(({ specification }) => specification.startsWith("2"))?.file,
    contractFolders: contractFoldersOf(workspace),
    localPackages: localPackagesIn(textOf("package.json")),
    operations,
    published,
    consumed,
    upstream: planUpstream(
      all.flatMap(({ spec }) => spec.upstream),
      workspace,
      contracts,
    ),
    entities: entitiesOf(
      all.map(({ entity }) => entity),
      operations.flatMap(({ callable }) => callable ?? []),
    ),
    migrations: textOf(joined(service.dir, "src/store/migrations.ts")),
    stories: storiesOf(shares, operations, consumed),
    packages: [...stack.layout.packages, ...components.flatMap((component) => component.package ?? [])],
    stack,
  };
}

/** What service-kit answers itself, unless a handler is given. */
function isAnsweredByKit({ method, path }: Operation): boolean {
  return (
    method === "GET" &&
    !path.includes("{") &&
    /\/(?:health|healthz|healthcheck|live|livez|liveness|ready|readyz|readiness)$/.test(path)
  );
}

function operationsOf(
  own: Service,
  shares: readonly StoryShare[],
  contracts: ContractReader,
): PlannedOperation[] {
  const served = own.apis.flatMap((api) => api.operations.map((operation) => ({ api, operation })));
  const mine = served.filter(({ operation }) => !operation.webhook && !isAnsweredByKit(operation));
  const once = [...new Map(mine.map((one) => [nameOf(one.operation), one])).values()];
  // Names of files are given out in the order of the task list, which leaves out whatever is about health.
  const [extra, offered] = [true, false].map((is) =>
    once.map(({ operation }) => operation).filter(({ path }) => isHealth(path) === is),
  );
  const all = [...(offered ?? []), ...(extra ?? [])];
  return once.map(({ api, operation }) => planned(api, operation, all, shares, contracts));
}

function planned(
  { file: contract }: ApiContract,
  operation: Operation,
  all: readonly Operation[],
  shares: readonly StoryShare[],
  contracts: ContractReader,
): PlannedOperation {
  const label = nameOf(operation);
  const file = operationFile(operation, all);
  const share = shares.find(({ operations }) => operations.some((one) => nameOf(one) === label));
  return {
    id: operation.operationId ?? label,
    label,
    summary: operation.summary,
    file,
    handler: `${camel(file, "operation")}Handler`,
    callable: contracts.operation(contract, operation),
    scenario: share && pointerTo(share.story),
    contract,
    isExtra: isHealth(operation.path),
  };
}

function storiesOf(
  shares: readonly StoryShare[],
  operations: readonly PlannedOperation[],
  consumed: readonly PlannedEvent[],
): PlannedStory[] {
  return shares.map((share) => ({
    story: share.story,
    operations: operations.filter(({ label }) => share.operations.some((one) => nameOf(one) === label)),
    consumed: consumed.filter(({ event, isEnvelope }) => isEnvelope && share.consumed.includes(event)),
  }));
}

/** `services/auth-service/contracts`, `shared/contracts`. */
function contractFoldersOf({ services, sharedContracts }: Workspace): string[] {
  const files = [...services.flatMap(contractsOf), ...sharedContracts].map(({ file }) => file);
  const folders = files.flatMap((file) => /^(.+?\/contracts)\//.exec(file)?.[1] ?? []);
  return [...new Set(folders)].sort();
}

/** Without them nothing can be installed: `file:packages/kit-0.1.0.tgz`. What lies outside of the repository no image can have. */
function localPackagesIn(manifest: string | undefined): string[] {
  const { dependencies, devDependencies } = objectIn(manifest ?? "{}");
  const ranges = [dependencies, devDependencies].flatMap((one) => Object.values(objectOf(one)));
  const paths = ranges.flatMap((range) => /^file:(?:\.\/)?([\w@][\w@./-]*)$/.exec(String(range))?.[1] ?? []);
  return [...new Set(paths)].filter((path) => !path.split("/").includes("..")).sort();
}

function objectIn(text: string): Record<string, unknown> {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
