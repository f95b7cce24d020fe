import type { CallableOperation, JsonSchema } from "../../model/callable-operation.ts";
import type { Operation } from "../../model/contract.ts";
import type { Story } from "../../model/spec.ts";
import type { Stack } from "../offline/components.ts";
import type { Entity } from "./entities.ts";
import type { Pointer } from "./pointer.ts";

/** An operation with everything that its files are written from. */
export interface PlannedOperation {
  /** As service-kit names it: its operationId, else `POST /api/v1/orders`. */
  readonly id: string;
  /** `POST /api/v1/orders` */
  readonly label: string;
  readonly summary: string | undefined;
  /** The name of its files: `place-order`. */
  readonly file: string;
  /** `placeOrderHandler` */
  readonly handler: string;
  readonly callable: CallableOperation | undefined;
  /** Where a reader finds what it is to do. */
  readonly scenario: Pointer | undefined;
  /** Its contract. */
  readonly contract: string;
  /** No task of a list stands for it. */
  readonly isExtra: boolean;
}

export interface PlannedEvent {
  readonly event: string;
  readonly version: string;
  readonly description: string | undefined;
  /** Of the whole message; undefined when the contract does not say. */
  readonly schema: JsonSchema | undefined;
  /** The service that publishes it. */
  readonly producer: string;
  readonly contract: string;
  readonly consumers: readonly string[];
  readonly scenario: Pointer | undefined;
  /** A message as service-kit sends it, an envelope around the data, can be one of it. For any other nothing is written. */
  readonly isEnvelope: boolean;
}

export interface PlannedUpstream {
  readonly service: string;
  readonly failureMode: string | undefined;
  /** The variable with its address: `AUTH_URL`. */
  readonly variable: string;
  /** It says whose a token is. */
  readonly checksTokens: boolean;
  readonly operations: readonly {
    readonly operation: Operation;
    readonly callable: CallableOperation | undefined;
  }[];
}

/** A story with what it needs to be tried. */
export interface PlannedStory {
  readonly story: Story;
  readonly operations: readonly PlannedOperation[];
  readonly consumed: readonly PlannedEvent[];
}

/** Everything that the files of a service are written from. */
export interface ServicePlan {
  readonly name: string;
  /** Relative to the workspace root. */
  readonly dir: string;
  /** `user` of `user-service`: begins the names in its code. */
  readonly domain: string;
  readonly tables: string;
  /** OpenAPI documents, relative to the service. */
  readonly contracts: readonly string[];
  /** One of `contracts` that is Swagger 2.0. */
  readonly oldContract: string | undefined;
  /** Folders with the contracts of all services, relative to the workspace root. */
  readonly contractFolders: readonly string[];
  /** Files and folders of the repository that its package.json installs packages from, relative to the workspace root. */
  readonly localPackages: readonly string[];
  readonly operations: readonly PlannedOperation[];
  readonly published: readonly PlannedEvent[];
  readonly consumed: readonly PlannedEvent[];
  readonly upstream: readonly PlannedUpstream[];
  readonly entities: readonly Entity[];
  /** `src/store/migrations.ts` as it stands. */
  readonly migrations: string | undefined;
  readonly stories: readonly PlannedStory[];
  /** What `SETUP` lists. */
  readonly packages: readonly string[];
  readonly stack: Stack;
}
