import type { Location } from "./location.ts";

/** A database that an environment variable names. Never holds a user or a password. */
export interface DatabaseReference {
  /** The database, and the schema in it where one is named: `orders`, `shop.orders`. */
  readonly name: string;
  /** Host and port; undefined when only the database is named. The port is left out where it is the usual one. */
  readonly server: string | undefined;
  readonly variable: string;
  readonly at: Location;
}

/** Variables that run together: those of a compose service, a Kubernetes workload or config map, or an env file. */
export interface Environment {
  /** `workload`: something that runs. `source`: a config map, secret or env file, which counts for those that import it. */
  readonly kind: "workload" | "source";
  /** Name of the compose service or Kubernetes object; path of an env file. */
  readonly name: string;
  /** Folder that the workload's image is built from, relative to the workspace root. */
  readonly context: string | undefined;
  readonly databases: readonly DatabaseReference[];
  /** Sources that it takes variables from: one of them, or all. */
  readonly imports: readonly { readonly source: string; readonly variable: string | undefined }[];
}

/** A compose file, Kubernetes manifest or env file: here only for the databases that services use. */
export interface Deployment {
  readonly kind: "deployment";
  readonly file: string;
  readonly environments: readonly Environment[];
}
