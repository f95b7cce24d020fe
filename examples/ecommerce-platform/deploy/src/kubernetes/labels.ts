/** For what belongs to the shop as a whole. Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export const labelsOfShop = { "app.kubernetes.io/part-of": "shop" };

/** For what belongs to one kind of process; policies select by the name. */
export const labelsOf = (name: string) => ({ "app.kubernetes.io/name": name, ...labelsOfShop });

export const selectorOf = (name: string) => ({ matchLabels: { "app.kubernetes.io/name": name } });

/** Every cluster labels its namespaces so. */
export const namespaceSelectorOf = (namespace: string) => ({
  matchLabels: { "kubernetes.io/metadata.name": namespace },
});
