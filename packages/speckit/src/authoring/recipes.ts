import type { SnippetKind } from "./snippet.ts";

/** What an agent needs for a command: how much each kind of snippet counts, from 0 (not at all) to 1 (above all). */
export interface Recipe {
  readonly command: string;
  /** Tokens of a pack, unless said otherwise. */
  readonly budget: number;
  readonly weights: Readonly<Partial<Record<SnippetKind, number>>>;
  /** Works on the task that is next. */
  readonly byTask?: boolean;
}

const everywhere = { finding: 0.95 } as const;

/** The recipes, in the order in which a feature comes about. */
export const recipes: readonly Recipe[] = [
  {
    command: "constitution",
    budget: 1500,
    weights: { ...everywhere, constitution: 1, template: 0.8 },
  },
  {
    command: "specify",
    budget: 3000,
    weights: { ...everywhere, constitution: 0.8, template: 1, "quick-ref": 0.9, related: 0.7 },
  },
  {
    command: "clarify",
    budget: 3500,
    weights: { ...everywhere, spec: 1, constitution: 0.6, related: 0.5, event: 0.2, operation: 0.2 },
  },
  {
    command: "plan",
    budget: 5000,
    weights: {
      ...everywhere,
      spec: 1,
      constitution: 0.9,
      template: 0.8,
      "quick-ref": 0.7,
      related: 0.6,
      event: 0.35,
      operation: 0.3,
    },
  },
  {
    command: "tasks",
    budget: 5000,
    weights: {
      ...everywhere,
      plan: 1,
      spec: 0.9,
      template: 0.8,
      constitution: 0.5,
      "quick-ref": 0.6,
      event: 0.3,
      operation: 0.3,
    },
  },
  {
    command: "implement",
    budget: 4000,
    weights: {
      ...everywhere,
      task: 1,
      spec: 0.45,
      operation: 0.4,
      event: 0.4,
      schema: 0.3,
      constitution: 0.7,
      "quick-ref": 0.8,
      plan: 0.3,
      related: 0.6,
      code: 0.5,
    },
    byTask: true,
  },
  {
    command: "document",
    budget: 4000,
    weights: {
      ...everywhere,
      template: 0.9,
      "quick-ref": 1,
      "ai-doc": 0.9,
      operation: 0.5,
      event: 0.45,
      spec: 0.4,
    },
  },
  {
    command: "validate",
    budget: 2000,
    weights: { finding: 1, spec: 0.3, plan: 0.2, task: 0.2, constitution: 0.5, "quick-ref": 0.4 },
  },
  {
    command: "validate-contracts",
    budget: 3000,
    weights: {
      finding: 1,
      operation: 0.4,
      event: 0.4,
      schema: 0.3,
      constitution: 0.7,
      related: 0.5,
      "quick-ref": 0.6,
      spec: 0.1,
    },
  },
  {
    command: "verify",
    budget: 3000,
    weights: {
      ...everywhere,
      operation: 0.8,
      schema: 0.5,
      event: 0.6,
      spec: 0.4,
      "quick-ref": 0.9,
      constitution: 0.5,
    },
  },
  {
    command: "analyze",
    budget: 2500,
    weights: { finding: 1, "quick-ref": 0.8, related: 0.5, constitution: 0.6, spec: 0.2 },
  },
];

/** What somebody wants to know needs few places, but nobody knows beforehand in which kind of document they are. */
export const ABOUT_BUDGET = 3000;
