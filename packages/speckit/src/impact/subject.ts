import type { ApiContract, Operation } from "../model/contract.ts";
import { nameOf } from "../model/operation-purpose.ts";
import { writtenPathShape } from "../model/path-shape.ts";
import { matchRoutes } from "../model/route-matching.ts";
import type { Channel, Feature, Service, Workspace } from "../model/workspace.ts";

/** What is to change: operations and events, however they were named, and the documents that are about them. */
export interface Subject {
  readonly name: string;
  readonly operations: readonly { readonly service: Service; readonly operation: Operation }[];
  readonly channels: readonly Channel[];
  readonly features: readonly { readonly service: Service | undefined; readonly feature: Feature }[];
  /** Source files that were named themselves. */
  readonly files: readonly { readonly service: Service | undefined; readonly file: string }[];
}

/**
 * What a person means by `POST /api/v1/orders`, a path, an operationId, the name of an event or a service, or the path of a file or folder of the
 * workspace. Undefined when it means nothing here.
 */
export function findSubject(workspace: Workspace, query: string, path: string): Subject | undefined {
  const { services, channels } = workspace;
  const all = services.flatMap((service) => operationsOf(service));
  const event = query.replace(/^event\s+/, "");
  const named = channels.filter((channel) => channel.event === event);
  if (named.length > 0) return subject(event, { channels: named });
  const operations = all.filter((one) => means(one, query));
  if (operations.length > 0) return subject(query, { operations });
  const service = services.find(({ name, dir }) => name === query || (dir !== "." && dir === path));
  if (service)
    return subject(service.name, {
      operations: operationsOf(service),
      channels: channels.filter(({ producers }) => producers.some((end) => end.service === service.name)),
      features: service.features.map((feature) => ({ service, feature })),
    });
  return subjectAt(workspace, path);
}

type Parts = Partial<Omit<Subject, "name">>;

function subject(
  name: string,
  { operations = [], channels = [], features = [], files = [] }: Parts,
): Subject {
  return { name, operations, channels, features, files };
}

interface OfferedOperation {
  readonly service: Service;
  readonly operation: Operation;
  readonly api: ApiContract;
}

function operationsOf(service: Service): OfferedOperation[] {
  return service.apis.flatMap((api) => api.operations.map((operation) => ({ service, operation, api })));
}

function means({ operation, api }: OfferedOperation, query: string): boolean {
  if (operation.operationId === query) return true;
  const [, method, written] = /^(?:([A-Za-z]+)\s+)?(\/.*)$/.exec(query.trim()) ?? [];
  if (written === undefined || (method !== undefined && method.toUpperCase() !== operation.method))
    return false;
  const shape = writtenPathShape(written);
  return ["", ...api.basePaths].some((base) => writtenPathShape(base + operation.path) === shape);
}

/** What stands in a file, or in the files of a folder. */
function subjectAt({ services, channels, features, files }: Workspace, path: string): Subject | undefined {
  const isAt = (file: string) => file === path || file.startsWith(`${path}/`);
  const found = (files ?? []).filter(isAt);
  if (found.length === 0) return undefined;
  const ownFeatures = [
    ...services.flatMap((service) => service.features.map((feature) => ({ service, feature }))),
    ...features.map((feature) => ({ service: undefined, feature })),
  ].filter(({ feature }) => isAt(feature.dir) || path.startsWith(`${feature.dir}/`));
  const serviceOf = (file: string) => services.find(({ dir }) => dir === "." || file.startsWith(`${dir}/`));
  return subject(path, {
    operations: services.flatMap((service) => {
      const answered = operationsAnsweredAt(service, isAt);
      return operationsOf(service).filter(
        ({ operation }) => isAt(operation.at.file) || answered.has(operation),
      );
    }),
    channels: channels.filter(
      ({ event, types }) =>
        types.some(({ type }) => isAt(type.at.file)) ||
        services.some(({ code, asyncApis }) =>
          [
            ...code.topics.filter(({ topic }) => topic === event).map(({ at }) => at.file),
            ...asyncApis.flatMap(({ uses }) =>
              uses.filter(({ address }) => address === event).map(({ at }) => at.file),
            ),
          ].some(isAt),
        ),
    ),
    features: ownFeatures,
    files: found.map((file) => ({ service: serviceOf(file), file })),
  });
}

/** Operations that routes in these files answer. */
function operationsAnsweredAt(service: Service, isAt: (file: string) => boolean): ReadonlySet<Operation> {
  const { routes: paths, handlerTables } = service.code;
  const places = [...paths, ...handlerTables.flatMap(({ handlers }) => handlers)];
  if (!places.some(({ at }) => isAt(at.file))) return new Set();
  const { routes } = matchRoutes(service);
  return new Set(routes.filter(({ route }) => isAt(route.at.file)).flatMap(({ operations }) => operations));
}

/** The names under which documents may speak of an operation. */
export function namesOf(operation: Operation): string[] {
  return [
    nameOf(operation),
    operation.path,
    ...(operation.operationId === undefined ? [] : [operation.operationId]),
  ];
}
