import { compareText } from "../model/location.ts";
import type { Catalog, CatalogService } from "./catalog.ts";
import { dependenciesOf } from "./dependencies.ts";
import { layerServices } from "./layers.ts";

/** So many services are read from top to bottom; in a longer list one looks a name up. */
const MOST_TO_READ = 20;

/**
 * Services in the order in which one gets to know them: providers before those that depend on them, of equals the one with more dependents
 * first. Larger fleets keep the order of names, which also moves less when a dependency is added.
 */
export function inReadingOrder({ services, edges }: Catalog): CatalogService[] {
  if (services.length > MOST_TO_READ) return [...services];
  const byName = new Map(services.map((service) => [service.name, service]));
  const inside = dependenciesOf(edges).filter(
    ({ dependent, provider }) => byName.has(dependent) && byName.has(provider),
  );
  const { layers } = layerServices([...byName.keys()], inside);
  return layers.flatMap((names) =>
    names
      .flatMap((name) => byName.get(name) ?? [])
      .sort((a, b) => b.dependents.length - a.dependents.length || compareText(a.name, b.name)),
  );
}
