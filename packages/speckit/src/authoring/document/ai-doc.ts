import type { Feature } from "../../model/workspace.ts";
import type { Facts } from "./facts.ts";
import { callSections } from "./sections/calls.ts";
import { dataSection } from "./sections/data.ts";
import { environmentSection } from "./sections/environment.ts";
import { eventSections } from "./sections/events.ts";
import { filesSection } from "./sections/files.ts";
import { operationSections } from "./sections/operations.ts";
import { overviewSection } from "./sections/overview.ts";
import { plannedSection } from "./sections/planned.ts";
import { runningSections } from "./sections/running.ts";
import { scenarioSection } from "./sections/scenarios.ts";
import { counted } from "./sections/section.ts";

/** Everything that documents, contracts and code say of a service, with the places where they say it. */
export function aiDoc(facts: Facts): string {
  const sections = [
    overviewSection(facts),
    ...operationSections(facts),
    ...eventSections(facts),
    ...callSections(facts),
    dataSection(facts),
    environmentSection(facts),
    scenarioSection(facts),
    filesSection(facts),
    plannedSection(facts),
    ...runningSections(facts),
  ];
  const written = sections.flatMap((section) =>
    section && section.lines.length > 0 ? [`## ${section.title}\n\n${section.lines.join("\n")}\n`] : [],
  );
  return [`# ${titleOf(facts)}\n\n${stateOf(facts)}\n`, ...written].join("\n");
}

function titleOf({ service, feature }: Facts): string {
  const others = service.features.filter(({ spec }) => spec).length > 1;
  return feature && others ? `${service.name}: ${titleOfFeature(feature)}` : service.name;
}

/** Without what every specification is called. */
function titleOfFeature({ spec, slug }: Feature): string {
  return spec?.title?.replace(/^(?:feature\s+)?spec(?:ification)?\s*[:：-]\s*/i, "") || slug;
}

/** Whether it is built, as far as code shows. */
function stateOf(facts: Facts): string {
  if (!facts.service.implemented)
    return "State: planned. There is no code yet; what stands here is what documents and contracts say.";
  const offered = facts.operations.filter(({ contract, isOperational }) => contract && !isOperational);
  const missing = offered.filter(({ handler, isBound }) => handler === undefined && !isBound);
  if (offered.length === 0 || missing.length === 0)
    return "State: built. What stands here is read from code, contracts and documents.";
  return `State: partly built. Of ${counted(offered.length, "operation")} ${missing.length} ${missing.length === 1 ? "is" : "are"} answered by no code yet.`;
}
