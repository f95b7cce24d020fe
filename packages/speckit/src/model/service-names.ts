import type { Service } from "./workspace.ts";

/** The service that a text means, or undefined when it means none of the fleet, or several. */
export type FindService = (text: string) => Service | undefined;

/** Every spelling under which documents may mean a service, with the service's name. */
export type Spellings = ReadonlyMap<string, string>;

/**
 * Collects what documents call services: the folder's name, the name in the service's own spec, and both in other spellings, so that
 * "Auth Service", `auth_service` and `auth` are all auth-service. A spelling that fits two services fits none.
 */
export function spellingsOf(services: readonly Pick<Service, "name" | "features">[]): Spellings {
  const loose = new Map<string, string | undefined>();
  for (const { name, features } of services) {
    const names = [name, ...features.flatMap(({ spec }) => spec?.serviceName?.text ?? [])];
    for (const spelling of new Set(names.flatMap(spellings))) {
      const isShared = loose.has(spelling) && loose.get(spelling) !== name;
      loose.set(spelling, isShared ? undefined : name);
    }
  }
  const clear = [...loose].filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new Map([...clear, ...services.map(({ name }) => [name, name] as const)]);
}

/** Finds services by any of their spellings. */
export function serviceFinder(services: readonly Service[], names: Spellings): FindService {
  const byName = new Map(services.map((service) => [service.name, service]));
  return (text) => byName.get(text) ?? byName.get(nameOf(text, names) ?? "");
}

/** The name of the service that a text means, or undefined. */
export function nameOf(text: string, names: Spellings): string | undefined {
  const exact = names.get(text);
  if (exact !== undefined) return exact;
  const normal = normalise(text);
  return names.get(normal) ?? names.get(stem(normal));
}

/** Lower case with hyphens, without markup and remarks in parentheses: `Auth Service (internal)` is `auth-service`. */
export function normalise(name: string): string {
  if (/^[a-z\d]+(?:-[a-z\d]+)*$/.test(name)) return name;
  return name
    .replace(/\([^)]*\)|[`*]/g, "")
    .trim()
    .replace(/(?<=[a-z\d])(?=[A-Z])/g, "-")
    .toLowerCase()
    .replace(/[\s_.-]+/g, "-");
}

function spellings(name: string): string[] {
  const normal = normalise(name);
  return [normal, stem(normal)];
}

function stem(name: string): string {
  return name.replace(/-?(?:micro-?service|service|svc|ms)$/, "") || name;
}
