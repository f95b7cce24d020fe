import type { Feature, Workspace } from "../../model/workspace.ts";
import type { Assignment } from "../author.ts";
import { open, plain, prose } from "../setup/plain.ts";
import { choiceOf, wordsOf } from "./constitution-words.ts";
import { type DraftOperation, offeredBy } from "./offered.ts";
import { type Prompt, readPrompt } from "./prompt.ts";
import { type DraftScenario, draftScenarios } from "./scenarios.ts";
import { boundary, isSentence } from "./spec-boundary.ts";
import { eventSections, eventsOf, type SpecEvents } from "./spec-events.ts";
import { type DraftStory, storiesOf } from "./stories.ts";
import { operationsText, type Upstream, upstreamOf } from "./upstream.ts";
import { domainOf, pascal, slugOf, titleCase, upperFirst } from "./words.ts";

/** What a specification is drafted from. */
export type SpecAssignment = Pick<Assignment, "service" | "feature" | "prompt" | "workspace">;

/** Everything that the sections of a draft are made of. */
interface Facts {
  readonly service: string;
  readonly prompt: Prompt;
  /** Somebody asks for something; else what is there is described. */
  readonly proposes: boolean;
  readonly stories: readonly DraftStory[];
  readonly events: SpecEvents;
  readonly upstream: readonly Upstream[];
  readonly scenarios: readonly DraftScenario[];
  readonly workspace: Workspace;
  /** `User Profile` */
  readonly title: string;
}

/**
 * A specification from a prompt, the contracts, the code, the catalog and the constitution; without a prompt, of what is there. What none of them tells is
 * marked as a question. `note` stands below the title.
 */
export function draftSpec(assignment: SpecAssignment, note?: string): string {
  const facts = factsOf(assignment);
  const { title, service, scenarios } = facts;
  return `${[
    `# ${title} Service Specification`,
    ...(note === undefined ? [] : [`<!-- ${note} -->`]),
    `## Service Overview\n\n### Service Name\n${service}`,
    boundary({
      ...facts,
      subject: facts.proposes ? plain(facts.prompt.subject) || title : undefined,
      isTold: facts.prompt.asked.length > 0,
    }),
    `## User Scenarios\n\n${scenarios.map(({ title: name, lines }, index) => [`### P${index + 1}: ${name}`, ...lines].join("\n")).join("\n\n")}`,
    requirements(facts),
    dependencies(facts),
    ...eventSections(facts.events, service, facts.workspace),
    ownership(facts),
    ...failureModes(facts),
  ].join("\n\n")}\n`;
}

function factsOf({ service: { name }, feature, prompt: text, workspace }: SpecAssignment): Facts {
  const own = workspace.services.find((service) => service.name === name);
  const others = own?.features.filter(({ dir }) => dir !== feature.dir) ?? [];
  const prompt = readPrompt(
    text,
    name,
    workspace.services.map((service) => service.name),
  );
  const operations = (own ? offeredBy(own) : []).filter((operation) => !isNamedIn(operation, others));
  const stories = storiesOf(prompt.asked, operations);
  const events = eventsOf(name, prompt, workspace, eventsNamedIn(others));
  const upstream = upstreamOf(prompt, workspace, name);
  const tokens = upstream.some(({ checksTokens }) => checksTokens);
  const proposes = text.trim() !== "";
  const scenarios = draftScenarios({
    service: name,
    prompt,
    stories,
    ...events,
    upstream,
    tokens,
    proposes,
  });
  const title = titleOf(feature, prompt);
  return { service: name, prompt, proposes, stories, events, upstream, scenarios, workspace, title };
}

/** As the folder is called; of letters that no folder has, as the prompt writes them. */
function titleOf({ slug }: Feature, { subject }: Prompt): string {
  const name = slug.replace(/^\d+-/, "");
  const hasMarks = /[^ -~]/.test(subject) && slugOf(subject) === name;
  const told = hasMarks ? subject.split(/\s+/).slice(0, 4).join(" ") : name;
  return titleCase(plain(told)).replace(/ Service$/, "") || titleCase(name);
}

function isNamedIn({ path, operationId }: DraftOperation, features: readonly Feature[]): boolean {
  const texts = features.flatMap(({ spec }) => [
    ...(spec?.scenarios.map(({ whole }) => whole) ?? []),
    ...(spec?.requirements.map(({ text }) => text) ?? []),
  ]);
  return texts.some(
    (text) => text.includes(path) || (operationId !== undefined && text.includes(operationId)),
  );
}

function eventsNamedIn(features: readonly Feature[]): Set<string> {
  return new Set(
    features.flatMap(({ spec }) =>
      [...(spec?.publishes ?? []), ...(spec?.consumes ?? [])].map(({ event }) => event),
    ),
  );
}

function requirements({ scenarios, prompt: { rules } }: Facts): string {
  const told = [
    ...scenarios.map(({ must, title }, index) => `The service MUST ${must} (P${index + 1}: ${title})`),
    ...rules.map((rule) => demanded(prose(rule))),
  ];
  const lines = told.map((text, index) => `- **FR-${String(index + 1).padStart(3, "0")}**: ${text}`);
  return `## Functional Requirements\n\n${lines.join("\n")}`;
}

/** "It must hash passwords" is a requirement already; whatever else was said stands as it is. */
function demanded(rule: string): string {
  const must =
    /^(?:(?:the|this)\s+)?(?:[\w-]+[\s-])?(?:service|system|platform|api|it)\s+(?:must|shall|should|has to|needs to)\s+(.+)$/i.exec(
      rule,
    )?.[1];
  return (must === undefined ? upperFirst(rule) : `The service MUST ${must}`).replace(/\.$/, "");
}

function dependencies({ service, upstream, prompt, workspace, events }: Facts): string {
  const up = upstream.map(
    (one) => `| ${one.service} | ${one.purpose}${operationsText(one)} | ${one.failureMode} |`,
  );
  const known = new Set(workspace.services.map(({ name }) => name));
  const down = new Map<string, string[]>();
  const add = (name: string, use: string) => down.set(name, [...new Set([...(down.get(name) ?? []), use])]);
  for (const { service: name, purpose } of prompt.downstream)
    add(name, purpose ? upperFirst(plain(purpose)) : open(`What does ${name} use of ${service}?`));
  for (const { from, to, kind, label } of workspace.edges)
    if (to === service && known.has(from))
      add(from, kind === "event" ? `Event \`${plain(label)}\`` : upperFirst(plain(label)));
  for (const { event, to } of events.published) {
    const listed = workspace.channels.find((one) => one.event === event)?.listed ?? [];
    for (const name of [...to, ...listed.map((end) => end.service)]) add(name, `Event \`${plain(event)}\``);
  }
  return [
    "## Service Dependencies",
    "",
    "### Upstream Services",
    ...(up.length > 0
      ? ["| Service | Purpose | Failure Mode |", "|---------|---------|--------------|", ...up]
      : ["None."]),
    "",
    "### Downstream Services",
    ...(down.size > 0
      ? [
          "| Service | What They Use |",
          "|---------|---------------|",
          ...[...down].map(([name, uses]) => `| ${name} | ${uses.join(", ")} |`),
        ]
      : ["None."]),
  ].join("\n");
}

function ownership({ service, workspace, title, prompt, proposes }: Facts): string {
  const database = choiceOf(workspace.constitution, "database");
  const seen = workspace.services.find(({ name }) => name === service)?.databases ?? [];
  const stores = [...new Set(seen.map(({ name }) => plain(name)))];
  const planned =
    database === undefined ? open("Where is it stored?") : `${domainOf(service).replace(/-/g, "_")}_db`;
  const notes = database === undefined ? "" : `${database}, used by no other service`;
  const isNamed = proposes && !isSentence.test(prompt.subject);
  const entity = isNamed ? pascal(title) : open(`What does ${service} keep there?`);
  if (!proposes && stores.length === 0) return `## Data Ownership\n\n${open(`What does ${service} store?`)}`;
  return [
    "## Data Ownership",
    "",
    "| Entity | Store | Notes |",
    "|--------|-------|-------|",
    ...(stores.length > 0 ? stores : [planned]).map(
      (store) =>
        `| ${entity} | ${store} | ${wordsOf(workspace.constitution).ownsDatabase ? notes : (database ?? "")} |`,
    ),
  ].join("\n");
}

/** Only what is to be built can be promised; how what is there fails, nobody said. */
function failureModes({ service, proposes, upstream, events, workspace: { constitution } }: Facts): string[] {
  if (!proposes) return [];
  const { outbox, idempotency, deadLetters } = wordsOf(constitution);
  const bus = choiceOf(constitution, "message bus") ?? "Message bus";
  const database = choiceOf(constitution, "database") ?? "Database";
  const hasEvents = events.published.length > 0;
  const modes = [
    [
      `${database} down`,
      "Operations that need it answer 503, and so does the readiness check; nothing is changed.",
    ],
    // What is open is asked where it stands above.
    ...upstream.flatMap(({ service: name, failureMode }) =>
      failureMode.startsWith("[") ? [] : [[`${name} down`, `${failureMode}.`]],
    ),
    ...(hasEvents
      ? [
          [
            `${bus} down`,
            outbox
              ? `${plain(outbox, 300)}.`
              : open(`What becomes of events of ${service} while the bus is down?`),
          ],
        ]
      : []),
    ...(events.consumed.length > 0
      ? [
          ...(idempotency ? [["Message delivered twice", `${plain(idempotency, 300)}.`]] : []),
          ...(deadLetters ? [["Message that cannot be processed", `${plain(deadLetters, 300)}.`]] : []),
        ]
      : []),
  ];
  return [`## Failure Modes\n\n${modes.map(([what, does]) => `- **${what}**: ${does}`).join("\n")}`];
}
