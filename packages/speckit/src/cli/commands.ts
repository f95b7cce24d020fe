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
    name: "init",
    summary: "Set a repository up, or upgrade it: constitution, configuration, templates, commands of agents",
    load: async () => (await import("./init.ts")).init,
  },
  {
    name: "constitution",
    summary: "The principles of the platform: which rules enforce them, and what a prompt adds to them",
    load: async () => (await import("./constitution.ts")).constitution,
  },
  {
    name: "specify",
    summary: "The next specification of a service, from a sentence and from what is known",
    load: async () => (await import("./specify.ts")).specify,
  },
  {
    name: "clarify",
    summary: "What is still open in a specification; answers are written back in place",
    load: async () => (await import("./clarify.ts")).clarify,
  },
  {
    name: "validate",
    summary: "Check specs, plans, task lists and the constitution",
    load: async () => (await import("./validate.ts")).validate,
  },
  {
    name: "plan",
    summary: "How a specification is built: plan.md from spec, constitution and contracts",
    load: async () => (await import("./plan.ts")).plan,
  },
  {
    name: "tasks",
    summary: "What is to be done, in order: tasks.md from plan, spec and contracts",
    load: async () => (await import("./tasks.ts")).tasks,
  },
  {
    name: "document",
    summary: "quick-ref.md and ai-doc.md of a service, from its code, contracts and documents",
    load: async () => (await import("./document.ts")).document,
  },
  {
    name: "implement",
    summary: "Work through tasks.md in the order of what waits for what, with a checkpoint for each task",
    load: async () => (await import("./implement.ts")).implement,
  },
  {
    name: "resume",
    summary: "Go on with tasks.md after an interruption; files that changed since are noticed",
    load: async () => (await import("./resume.ts")).resume,
  },
  {
    name: "validate-contracts",
    summary: "Check every contract alone, against the other services, and against a baseline",
    load: async () => (await import("./validate-contracts.ts")).validateContracts,
  },
  {
    name: "error-context",
    summary: "What an error touches: where it arises, likely causes, scenarios, contracts, who is concerned",
    load: async () => (await import("./error-context.ts")).errorContext,
  },
  {
    name: "analyze",
    summary: "Every check at once, and what changed since the last run",
    load: async () => (await import("./analyze.ts")).analyze,
  },
  {
    name: "verify",
    summary: "Hold a running service, or the events it sent, against its contracts",
    load: async () => (await import("./verify.ts")).verify,
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
    name: "budget",
    summary: "Tokens of the documents, and of the agent's real session",
    load: async () => (await import("./budget.ts")).budget,
  },
  {
    name: "prune",
    summary: "A long session of an agent as a short summary to go on from: .speckit/memory/",
    load: async () => (await import("./prune.ts")).prune,
  },
  {
    name: "find",
    summary: "Where something is: specs, contracts, code and tests, ranked",
    load: async () => (await import("./find.ts")).find,
  },
  {
    name: "impact",
    summary: "Who and what a change to an operation, an event or a file touches",
    load: async () => (await import("./impact.ts")).impact,
  },
  {
    name: "context",
    summary: "What an agent needs for a command, within a budget of tokens, and why each part is in it",
    load: async () => (await import("./context.ts")).context,
  },
  {
    name: "explain",
    summary: "The page of a rule: what, why, fix, examples",
    load: async () => (await import("./explain.ts")).explain,
  },
  {
    name: "mcp",
    summary: "The same questions for agents, over the Model Context Protocol on standard input and output",
    load: async () => (await import("./mcp.ts")).mcp,
  },
  {
    name: "doctor",
    summary: "What this machine and workspace lack, what drifted, what deserves attention",
    load: async () => (await import("./doctor.ts")).doctor,
  },
];
