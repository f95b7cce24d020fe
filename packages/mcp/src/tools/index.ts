import { placesData } from "./places-data.ts";
import type { Argument, Tool } from "./tool.ts";

const service: Argument = { type: "string" };
const allFindings: Argument = { type: "boolean" };
const commands = ["specify", "clarify", "plan", "tasks", "implement", "document"];

/** All tools, in the order in which an agent's work needs them. */
export const tools: readonly Tool[] = [
  {
    name: "find",
    title: "Find",
    description:
      "Ranked places in specs, contracts, code and tests, the cheapest to read first. Ask before you grep or open files.",
    arguments: {
      query: { type: "string", description: "words, an identifier, a message" },
      type: { type: "array", items: { type: "string", enum: ["spec", "doc", "contract", "code", "test"] } },
      service,
      limit: { type: "integer", minimum: 1, maximum: 100 },
    },
    required: ["query"],
    words: ["query"],
    narrowedBy: ["service", "type", "limit"],
    data: placesData,
  },
  {
    name: "context",
    title: "Context pack",
    description:
      "What you need to read for a step of the work and no more, within maxTokens: principles, contracts, summaries of related services, open findings. Ask at the start of a step.",
    arguments: {
      command: { type: "string", enum: [...commands, "validate"] },
      service,
      about: { type: "string", description: "a question or a task; only what has to do with it" },
    },
    required: ["command"],
    words: ["command"],
    narrowedBy: ["about"],
    ownBudget: "budget",
  },
  {
    name: "error_context",
    title: "Error context",
    description:
      "Where an error arises, likely causes with evidence, the scenarios and contracts it touches, which other services are concerned. Ask with the message, stack trace or failed test output.",
    arguments: {
      error: { type: "string" },
      file: { type: "string", description: "where it arises, if known" },
      line: { type: "integer", minimum: 1 },
    },
    words: ["error"],
    paths: ["file"],
    narrowedBy: [],
  },
  {
    name: "impact",
    title: "Impact",
    description:
      "Which services, scenarios, tasks and files a change touches. Ask before you change a contract.",
    arguments: {
      subject: { type: "string", description: "POST /api/v1/orders, order.created, a service or a path" },
    },
    required: ["subject"],
    words: ["subject"],
    narrowedBy: [],
  },
  {
    name: "validate",
    title: "Validate documents",
    description: "Checks specs, plans, tasks and the constitution. Ask after you wrote one.",
    arguments: {
      files: { type: "array", items: { type: "string" } },
      as: { type: "string", enum: ["spec", "plan", "tasks", "constitution"], description: "what files are" },
      service,
      allFindings,
    },
    words: ["files"],
    paths: ["files"],
    narrowedBy: ["service", "files"],
  },
  {
    name: "validate_contracts",
    title: "Validate contracts",
    description:
      "Checks API and event contracts against each other, the code and a git baseline: breaking changes and whom they break. Ask after you changed a contract.",
    arguments: {
      service,
      breakingChangesOnly: { type: "boolean" },
      compareWith: { type: "string", description: "git revision; default: merge base with main" },
      allFindings,
    },
    narrowedBy: ["service", "breakingChangesOnly"],
  },
  {
    name: "diff",
    title: "Compare two contracts",
    description: "What changed between two contract files, and what of it breaks.",
    arguments: { base: { type: "string" }, revision: { type: "string" } },
    required: ["base", "revision"],
    words: ["base", "revision"],
    paths: ["base", "revision"],
    narrowedBy: [],
  },
  {
    name: "analyze",
    title: "Analyze",
    description:
      "Every check at once, and what is new since the last run. Ask at the end of a piece of work.",
    arguments: {
      service,
      diffOnly: { type: "boolean", description: "only what is new" },
      summary: { type: "boolean", description: "counts only" },
      compareWith: { type: "string", description: "git revision, instead of the last run" },
      allFindings,
    },
    narrowedBy: ["diffOnly", "summary", "service"],
    remembers: true,
  },
  {
    name: "service_catalog",
    title: "Service catalog",
    description:
      "The services: endpoints, events, who depends on whom. Ask first in a fleet you do not know.",
    arguments: {},
    flags: ["--digest"],
    narrowedBy: [],
  },
  {
    name: "budget",
    title: "Token budget",
    description: "Tokens of the documents, what a command would load, how full your own context is.",
    arguments: {
      command: { type: "string", enum: commands },
      service,
      documents: { type: "boolean", description: "list every document" },
    },
    words: ["command"],
    narrowedBy: ["service"],
  },
  {
    name: "constitution",
    title: "Constitution",
    description: "The platform's principles, and which of them rules enforce.",
    arguments: {},
    flags: ["--explain"],
    narrowedBy: [],
  },
  {
    name: "explain",
    title: "Explain a rule",
    description: "What a rule of a finding means and how to mend it; without a rule, all of them.",
    arguments: { rule: { type: "string" } },
    words: ["rule"],
    narrowedBy: ["rule"],
  },
];
