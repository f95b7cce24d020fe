import type { Assignment, Author } from "../author.ts";
import { draftPromptedConstitution } from "./constitution.ts";
import { featureFacts } from "./feature-facts.ts";
import { draftPlan } from "./plan.ts";
import { renderTasks, type TaskForm } from "./render-tasks.ts";
import { draftSpec } from "./spec.ts";
import { planTasks } from "./task-plan.ts";

/** Drafts from prompt, constitution, contracts and catalog, without any model: the same input gives the same bytes. */
export const offlineAuthor: Author = {
  id: "offline",
  async draft(assignment) {
    switch (assignment.kind) {
      case "spec":
        return draftSpec(assignment);
      case "plan":
        return draftPlan(assignment);
      case "tasks":
        return draftTasks(assignment);
      case "constitution":
        return draftPromptedConstitution(assignment);
    }
  },
};

function draftTasks(assignment: Assignment): string {
  const facts = featureFacts(assignment);
  return renderTasks(facts.title, planTasks(facts), formOf(assignment));
}

/** The configuration decides; without it tasks are written as the specification is. */
function formOf({ workspace: { config }, feature: { spec } }: Assignment): TaskForm {
  return config.tasks.form ?? (spec?.form === "feature" ? "spec-kit" : "microservices");
}
