import type { Principle } from "../../model/constitution.ts";
import { nameOf } from "../../model/operation-purpose.ts";
import { isTestFile } from "../../model/test-files.ts";
import type { Assignment } from "../author.ts";
import { open, plain } from "../setup/plain.ts";
import { type FeatureFacts, featureFacts } from "./feature-facts.ts";
import type { Part } from "./layout.ts";
import { operationFile } from "./operation-file.ts";

/** A plan from the specification, the constitution's stack and the contracts. */
export function draftPlan(assignment: Assignment): string {
  const facts = featureFacts(assignment);
  return `${[
    `# Implementation Plan: ${facts.title}`,
    summary(facts),
    context(facts, assignment),
    components(facts),
    principles(facts, assignment),
    structure(facts, assignment),
    ...operations(facts),
    ...events(facts),
    ...risks(facts),
    ...questions(facts),
  ].join("\n\n")}\n`;
}

function summary({ spec, stories, operations: offered, published, consumed }: FeatureFacts): string {
  const what = spec.responsible
    .slice(0, 3)
    .map(({ text }) => text)
    .join("; ");
  const parts = [
    counted(stories.length, "scenario"),
    counted(offered.length, "operation"),
    counted(published.length, "event", "published"),
    counted(consumed.length, "event", "consumed"),
  ].filter((part) => part !== "");
  return `## Summary\n\n${what ? `${what}. ` : ""}To build: ${parts.join(", ") || "nothing yet"}.`;
}

function counted(count: number, noun: string, suffix = ""): string {
  if (count === 0) return "";
  return `${count} ${noun}${count === 1 ? "" : "s"}${suffix && ` ${suffix}`}`;
}

function context(
  { stack, store, components: parts, published, consumed }: FeatureFacts,
  { service }: Assignment,
): string {
  const { layout, language, messageBus, database, gateway, authentication } = stack;
  const packages = [...layout.packages, ...parts.flatMap(({ package: name }) => name ?? [])];
  const lines = [
    [
      "Language/Version",
      language ??
        open(
          `Which language is ${service.name} written in? The paths below are those of ${layout.language}.`,
        ),
    ],
    ["Framework", layout.framework],
    ["Storage", database ? `${database} (${store})` : open(`Which database does ${service.name} use?`)],
    ...(published.length + consumed.length > 0
      ? [["Message Bus", messageBus ?? open("Which message bus carries the events?")]]
      : []),
    ...(gateway ? [["API Gateway", gateway]] : []),
    ...(authentication ? [["Authentication", plain(authentication)]] : []),
    ["Primary Dependencies", [...new Set(packages)].join(", ")],
    ["Testing", `${layout.testTool}; a contract test for each operation`],
  ];
  return `## Technical Context\n\n${lines.map(([key, value]) => `**${key}**: ${value}`).join("\n")}`;
}

function components({ components: parts }: FeatureFacts): string {
  return `## Components\n\n${parts.map(({ text }) => `- ${text}`).join("\n")}`;
}

function principles(facts: FeatureFacts, { workspace: { constitution } }: Assignment): string {
  const statements = constitution?.statements ?? [];
  if (!constitution || statements.length === 0)
    return "## Constitution Check\n\nThere is no constitution yet; nothing binds this plan.";
  const rows = statements.map((statement) => {
    const own = constitution.principles.find(({ statement: one }) => one.at.line === statement.at.line);
    return `| ${plain(statement.text, 300)} | ${own ? metBy(own, facts) : "as the constitution says; held by review"} |`;
  });
  return [
    "## Constitution Check",
    "",
    "| Principle | How it is met |",
    "|-----------|---------------|",
    ...rows,
  ].join("\n");
}

function metBy(principle: Principle, { store, healthPaths, contracts }: FeatureFacts): string {
  switch (principle.kind) {
    case "own-database":
      return `${plain(store)} belongs to this service alone`;
    case "health-checks":
      return healthPaths.map((path) => `\`GET ${plain(path)}\``).join(", ");
    case "openapi-required":
      return `routes and validation come from ${contracts.map((file) => plain(file)).join(", ")}`;
    case "path-version":
      return `all operations except the health checks are below ${plain(principle.prefix)}`;
    case "event-naming":
      return "the names of the events below";
    case "problem-details":
      return `errors are answered as ${plain(principle.mediaType)}`;
    case "authentication":
      return `${plain(principle.scheme)} on every operation that is not public`;
    case "technology":
      return "as in Technical Context";
  }
}

function structure(
  { stack: { layout }, operations, offered, contracts, consumed, published, entity }: FeatureFacts,
  { service }: Assignment,
): string {
  const parts = (part: Part, names: readonly string[]) =>
    names.flatMap((name) => layout.files(part, name).filter((file) => !isTestFile(file)));
  const files = [
    ...layout.manifests,
    "Dockerfile",
    ...contracts,
    ...(published.length > 0 ? ["contracts/events/"] : []),
    ...parts("model", [entity]),
    ...parts(
      "operation",
      operations.map((operation) => operationFile(operation, offered)),
    ),
    ...parts("consumer", consumed),
    ...parts("publication", layout.isOnKit ? published : []),
    ...parts("outbox", published.length > 0 ? ["outbox"] : []),
    ...parts("inbox", consumed.length > 0 ? ["inbox"] : []),
    ...parts("health", ["health"]),
  ];
  const root = service.dir === "." ? "" : `${service.dir}/`;
  return `## Project Structure\n\n\`\`\`text\n${[...new Set(files)].map((file) => `${root}${file}`).join("\n")}\n\`\`\``;
}

function operations({ operations: offered }: FeatureFacts): string[] {
  if (offered.length === 0) return [];
  const rows = offered.map((operation) => {
    const statuses = [...new Set(operation.responses.map(({ status }) => status))].join(", ");
    return `| \`${plain(nameOf(operation), 200)}\` | ${plain(operation.summary ?? operation.operationId ?? "")} | ${statuses} |`;
  });
  return [
    ["## Operations", "", "| Operation | Does | Answers |", "|-----------|------|---------|", ...rows].join(
      "\n",
    ),
  ];
}

function events({ published, consumed, spec, stack }: FeatureFacts): string[] {
  if (published.length + consumed.length === 0) return [];
  const bus = stack.messageBus ?? "the message bus";
  const rows = [
    ...published.map(
      (event) => `| \`${event}\` | published | stored in the outbox with the change, then sent to ${bus} |`,
    ),
    ...consumed.map((event) => {
      const section = spec.consumes.find((one) => one.event === event);
      const action =
        section?.action && !section.action.includes("[NEEDS")
          ? plain(section.action)
          : "as the specification says";
      return `| \`${event}\` | consumed | ${action}; its id is kept in the inbox, failures go to the DLQ |`;
    }),
  ];
  return [
    ["## Events", "", "| Event | Direction | How |", "|-------|-----------|-----|", ...rows].join("\n"),
  ];
}

function risks({ upstream }: FeatureFacts): string[] {
  if (upstream.length === 0) return [];
  const rows = upstream.map(
    ({ service, failureMode }) =>
      `| ${plain(service)} does not answer | ${plain(failureMode ?? "", 300) || open(`What happens when ${service} does not answer?`)} |`,
  );
  return [["## Risks", "", "| Risk | Answer |", "|------|--------|", ...rows].join("\n")];
}

/** What the specification leaves open stays visible and blocks nothing. */
function questions({ spec: { clarifications, file } }: FeatureFacts): string[] {
  const open = [...new Set(clarifications.map(({ text }) => text))];
  if (open.length === 0) return [];
  const name = file.slice(file.lastIndexOf("/") + 1);
  return [
    `## Open Questions\n\n${open.map((question) => `- ${plain(question, 300)} (${name}, \`speckit clarify\`)`).join("\n")}`,
  ];
}
