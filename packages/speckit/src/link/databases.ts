import type { DatabaseReference, Deployment, Environment } from "../model/deployment.ts";
import { groupBy } from "../model/group-by.ts";
import { type FindService, type Spellings, serviceFinder } from "../model/service-names.ts";
import type { DatabaseUse, Service } from "../model/workspace.ts";

/** A place where variables are set, with the service folder that the file stands in. */
interface Setting {
  readonly environment: Environment;
  readonly file: string;
  readonly folder: Service | undefined;
}

/**
 * Finds the databases of each service: what deployment files say, by the name of the workload, the folder its image is built from or the folder the
 * file stands in, and what the service's own specs say. By service name.
 */
export function linkDatabases(
  services: readonly Service[],
  names: Spellings,
  deployments: readonly Deployment[],
  ownerOf: (file: string) => string | undefined,
): Map<string, DatabaseUse[]> {
  const byDir = new Map(services.map((service) => [service.dir, service]));
  const find = serviceFinder(services, names);
  const settings = deployments.flatMap(({ file, environments }) => {
    const folder = byDir.get(ownerOf(file) ?? "");
    return environments.map((environment): Setting => ({ environment, file, folder }));
  });
  const sources = new Map(
    settings.flatMap((setting) =>
      setting.environment.kind === "source" ? [[setting.environment.name, setting] as const] : [],
    ),
  );
  const privateHosts = new Set(settings.flatMap(privateHost));
  const ofSettings = settings.flatMap((setting) =>
    usesOf(setting, sources, { find, byDir }).map(({ service, reference }) => ({
      service,
      use: toUse(reference, service, privateHosts),
    })),
  );
  const ofSpecs = services.flatMap((service) =>
    storesIn(service).map((use) => ({ service: service.name, use })),
  );
  const grouped = groupBy([...ofSettings, ...ofSpecs], ({ service }) => service);
  return new Map([...grouped].map(([service, group]) => [service, group.map(({ use }) => use)]));
}

interface Directory {
  readonly find: FindService;
  readonly byDir: ReadonlyMap<string, Service>;
}

function usesOf(
  { environment, folder }: Setting,
  sources: ReadonlyMap<string, Setting>,
  { find, byDir }: Directory,
): { service: string; reference: DatabaseReference }[] {
  const { kind, name, context, databases, imports } = environment;
  const imported = imports.flatMap(({ source, variable }) =>
    (sources.get(source)?.environment.databases ?? []).filter(
      (reference) => variable === undefined || reference.variable === variable,
    ),
  );
  const workload = kind === "workload" ? (find(name) ?? byDir.get(context ?? "")) : undefined;
  return [...databases, ...imported].flatMap((reference) => {
    const service = workload ?? folder ?? find(prefixOf(reference.variable));
    return service ? [{ service: service.name, reference }] : [];
  });
}

/** `ORDER_DATABASE_URL`, in a file that belongs to nobody, is the order service's. */
function prefixOf(variable: string): string {
  return variable.replace(/_?(?:DB|DATABASE|POSTGRES|PG|MYSQL|MONGO|MONGODB)_.*$/, "");
}

/** Hosts that a compose file inside of a service's folder starts: nobody else can mean them. */
function privateHost({ environment, folder, file }: Setting): string[] {
  return folder && environment.kind === "workload" && /compose[\w.-]*\.ya?ml$/.test(file)
    ? [`${folder.name} ${environment.name}`]
    : [];
}

function toUse(
  { name, server, variable, at }: DatabaseReference,
  service: string,
  privateHosts: ReadonlySet<string>,
): DatabaseUse {
  const host = server?.replace(/:\d+$/, "");
  return {
    name,
    server: privateHosts.has(`${service} ${host}`) ? `${server} of ${service}` : server,
    variable,
    at,
  };
}

/** Databases in the column of a spec's table of owned data: a name such as `orders_db`, not a product such as PostgreSQL. */
function storesIn({ features }: Service): DatabaseUse[] {
  return features.flatMap(({ spec }) =>
    (spec?.entities ?? []).flatMap(({ store, at }) => {
      const name = /\b(?:\w+[_-]db|db[_-]\w+)\b/i.exec(store ?? "")?.[0];
      return name === undefined ? [] : [{ name, server: undefined, variable: undefined, at }];
    }),
  );
}
