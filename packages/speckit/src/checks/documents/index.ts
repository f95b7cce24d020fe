import type { Check } from "../check.ts";
import { clarificationOpen } from "./clarification-open.ts";
import { contentThin } from "./content-thin.ts";
import { dependencyWithoutFailureMode } from "./dependency-without-failure-mode.ts";
import { edgeCaseOpen } from "./edge-case-open.ts";
import { eventWithoutErrorHandling } from "./event-without-error-handling.ts";
import { eventWithoutIdempotency } from "./event-without-idempotency.ts";
import { parallelTasksShareFile } from "./parallel-tasks-share-file.ts";
import { placeholder } from "./placeholder.ts";
import { planContradictsConstitution } from "./plan-contradicts-constitution.ts";
import { referenceStale } from "./reference-stale.ts";
import { requirementIdDuplicate } from "./requirement-id-duplicate.ts";
import { requirementUnknown } from "./requirement-unknown.ts";
import { requirementWithoutId } from "./requirement-without-id.ts";
import { requirementWithoutTask } from "./requirement-without-task.ts";
import { scenarioIncomplete } from "./scenario-incomplete.ts";
import { sectionEmpty } from "./section-empty.ts";
import { sectionMissing } from "./section-missing.ts";
import { storyIdDuplicate } from "./story-id-duplicate.ts";
import { storyWithoutTask } from "./story-without-task.ts";
import { taskCycle } from "./task-cycle.ts";
import { taskFileMissing } from "./task-file-missing.ts";
import { taskIdDuplicate } from "./task-id-duplicate.ts";
import { taskIdUnknown } from "./task-id-unknown.ts";
import { taskStoryUnknown } from "./task-story-unknown.ts";
import { taskTotalWrong } from "./task-total-wrong.ts";
import { templateResidue } from "./template-residue.ts";

/** Checks of one specification, plan, task list or constitution, in alphabetical order. A test holds this list against the folder. */
export const documentChecks: readonly Check[] = [
  clarificationOpen,
  contentThin,
  dependencyWithoutFailureMode,
  edgeCaseOpen,
  eventWithoutErrorHandling,
  eventWithoutIdempotency,
  parallelTasksShareFile,
  placeholder,
  planContradictsConstitution,
  referenceStale,
  requirementIdDuplicate,
  requirementUnknown,
  requirementWithoutId,
  requirementWithoutTask,
  scenarioIncomplete,
  sectionEmpty,
  sectionMissing,
  storyIdDuplicate,
  storyWithoutTask,
  taskCycle,
  taskFileMissing,
  taskIdDuplicate,
  taskIdUnknown,
  taskStoryUnknown,
  taskTotalWrong,
  templateResidue,
];
