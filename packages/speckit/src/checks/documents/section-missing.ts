import type { Report } from "../../model/finding.ts";
import type { Spec } from "../../model/spec.ts";
import type { Check } from "../check.ts";
import { specsOf, taskListsOf } from "./documents-of.ts";

export const sectionMissing: Check = {
  id: "section-missing",
  area: "sections",
  severity: "error",
  title: "All required sections present",
  why: "Plans, tasks and tests are made from this section; without it there is nothing to make them from.",
  fix: "Add the section; templates/microservices has an example of each.",
  measured: { hits: 8, sampled: 8, right: 8 },

  *run(workspace) {
    for (const spec of specsOf(workspace)) yield* spec.form === "service" ? ofService(spec) : ofFeature(spec);
    for (const { file, tasks } of taskListsOf(workspace)) {
      if (tasks.length === 0)
        yield missing(file, "No task", "Add tasks: '- [ ] T001 …' or '### Task 1.1: …'.");
    }
  },
};

function* ofService({ file, serviceName, scenarios, responsible }: Spec): Iterable<Report> {
  if (!serviceName) yield missing(file, "No service name", "Add '### Service Name' with the name below it.");
  if (scenarios.length === 0) yield withoutScenarios(file);
  if (responsible.length === 0) {
    const fix = "Add '### Service Boundary' with what the service is, and is not, responsible for.";
    yield { ...missing(file, "No service boundary", fix), severity: "info" };
  }
}

function* ofFeature({ file, scenarios, requirements, successCriteria, topics }: Spec): Iterable<Report> {
  if (scenarios.length === 0) yield withoutScenarios(file);
  if (requirements.length === 0 && !topics.includes("requirements")) {
    yield missing(file, "No requirement", "Add a section 'Requirements' with '- **FR-001**: …' lines.");
  }
  if (successCriteria.length === 0 && !topics.includes("criteria")) {
    const fix = "Add a section 'Success Criteria' with '- **SC-001**: …' lines that can be measured.";
    yield { ...missing(file, "No success criterion", fix), severity: "info" };
  }
}

function withoutScenarios(file: string): Report {
  return missing(file, "No scenario", "Add scenarios of the form **Given** … **When** … **Then** ….");
}

function missing(file: string, what: string, fix: string): Report {
  const name = file.slice(file.lastIndexOf("/") + 1);
  return { message: `${what} in ${name}.`, at: { file, line: 1, column: 1 }, fix };
}
