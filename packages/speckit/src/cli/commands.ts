import type { Command } from "./command.ts";

/** A command's name and summary, and how to load it: only the one that runs is loaded. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** All commands in the order of `speckit --help`. */
export const commands: readonly CommandEntry[] = [
  {
    name: "constitution",
    summary: "Which principles of the platform are enforced, and by which rules",
    load: async () => (await import("./constitution.ts")).constitution,
  },
  {
    name: "validate",
    summary: "Check specs, plans, task lists and the constitution",
    load: async () => (await import("./validate.ts")).validate,
  },
  {
    name: "validate-contracts",
    summary: "Check every contract alone, against the other services, and against a baseline",
    load: async () => (await import("./validate-contracts.ts")).validateContracts,
  },
  {
    name: "diff",
    summary: "What changed between two contract files, and whom it breaks",
    load: async () => (await import("./diff.ts")).diff,
  },
  {
    name: "service-catalog",
    summary: "What there is and how it hangs together: docs/SERVICE-CATALOG.md",
    load: async () => (await import("./service-catalog.ts")).serviceCatalog,
  },
  {
    name: "impact",
    summary: "Who and what a change to an operation, an event or a file touches",
    load: async () => (await import("./impact.ts")).impact,
  },
  {
    name: "explain",
    summary: "The page of a rule: what, why, fix, examples",
    load: async () => (await import("./explain.ts")).explain,
  },
];
