import type { Place } from "./location.ts";
import type { Technology } from "./technology.ts";

/** package.json, pyproject.toml, go.mod and the like: what a service is made of, as far as constitutions speak of it. */
export interface Manifest {
  readonly kind: "manifest";
  readonly file: string;
  readonly technologies: readonly (Technology & { readonly package: string; readonly at: Place })[];
}
