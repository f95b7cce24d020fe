import type { Environment } from "@speckit/service-kit";
import type { ServicePlan } from "./services.ts";

/** A service or the gateway, as the platform runs it. */
export interface ShopProcess {
  readonly name: string;
  readonly url: string;
  /** Of its own process; undefined in the one process of all. Another one after each restart. */
  readonly pid: number | undefined;
  /** How often it ended by itself and was started again. */
  readonly restarts: number;
  /** Where it can be made to die. */
  readonly faultPoints: readonly string[];
  /** Ends it at once, as a crash would; it is started again. Throws in the one process of all. */
  kill(): void;
  /** Makes it die at the `hit`-th passing of a fault point from now on. Throws in the one process of all. */
  arm(point: string, hit?: number): void;
  /** Doubles this share (0 to 1) of its messages until it ends, and lets as many come late and out of order. Throws in the one process of all. */
  troubleDeliveries(share: number): void;
  /** Lets it finish what it began. */
  stop(): Promise<void>;
  /** Ends it for good; works at once. */
  end(): void;
}

export interface StartOptions {
  readonly plan: ServicePlan;
  /** All variables of the service. */
  readonly environment: Environment;
  /** Its log, in JSON lines. */
  readonly logFile: string;
}

export type StartProcess = (options: StartOptions) => Promise<ShopProcess>;
