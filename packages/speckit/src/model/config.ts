import type { Severity } from "./finding.ts";

export type RuleSetting = Severity | "off";

/** `.speckit.config.json`, with every default filled in. docs/reference/configuration.md says what each key means. */
export interface Config {
  readonly cache: { readonly enabled: boolean; readonly retention_days: number };
  readonly analysis: { readonly default_mode: "incremental" | "full" };
  readonly validation: { readonly strict: boolean; readonly auto_validate: boolean };
  readonly documentation: { readonly auto_generate_quick_ref: boolean; readonly token_target: number };
  /** `offline`, `agent:NAME` or `model:PROVIDER/MODEL`: who drafts when the command line names nobody. */
  readonly author: string;
  readonly authors: {
    readonly time_limit_seconds: number;
    readonly token_limit: number;
    /** Programs that read a prompt and print an answer, by the name that `agent:` gives them. */
    readonly commands: Readonly<Record<string, readonly string[]>>;
  };
  /** Undefined: as the specification is written. */
  readonly tasks: { readonly form: "microservices" | "spec-kit" | undefined };
  /** Globs of service folders; empty means: find them. */
  readonly services: readonly string[];
  /** Folders of other repositories of the fleet, relative to the root. */
  readonly roots: readonly string[];
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Undefined: forward for what a service sends, backward for what it receives. */
  readonly events: { readonly compatibility: Compatibility | undefined };
  readonly profile: Profile;
  /** Patterns of service folders, as CODEOWNERS has them, and who owns them. */
  readonly owners: Readonly<Record<string, string>>;
  readonly asyncapi: { readonly pointOfView: PointOfView | undefined };
}

/**
 * Whose actions AsyncAPI 2 names. `client`, as the specification has it: what others publish, the application receives. `application`, as many
 * write it: what the application publishes, it sends. Undefined: nobody said.
 */
export type PointOfView = "client" | "application";

/** Whose verdicts changes of contracts get: `wire`, what happens to messages; `oasdiff`, what that tool says. */
export type Profile = "wire" | "oasdiff";

/**
 * In the words of schema registries: `backward`, a new reader understands old data; `forward`, an old reader understands new data; `full`, both.
 */
export type Compatibility = "backward" | "forward" | "full";

export const defaultConfig: Config = {
  cache: { enabled: true, retention_days: 30 },
  analysis: { default_mode: "incremental" },
  validation: { strict: false, auto_validate: true },
  documentation: { auto_generate_quick_ref: true, token_target: 200 },
  author: "offline",
  authors: { time_limit_seconds: 1200, token_limit: 500_000, commands: {} },
  tasks: { form: undefined },
  services: [],
  roots: [],
  rules: {},
  events: { compatibility: undefined },
  profile: "wire",
  owners: {},
  asyncapi: { pointOfView: undefined },
};
