import type { Assignment } from "../authoring/author.ts";
import { featureFacts } from "../authoring/offline/feature-facts.ts";
import { assignToStories } from "../authoring/offline/story-shares.ts";
import { nameOf } from "../model/operation-purpose.ts";
import { readDraftRecord } from "../node/draft-records.ts";

/**
 * What the contract offers and nobody asks for, `POST /orders`: the specification can take it in. What was drafted before is not missed: a person took
 * it out.
 */
export function unaskedOperations(root: string, assignment: Assignment): string[] {
  const { spec } = assignment.feature;
  if (!spec) return [];
  const known = [
    ...spec.requirements.map(({ text }) => text),
    ...Object.values(readDraftRecord(root, spec.file)),
  ].join("\n");
  const { rest } = assignToStories(featureFacts(assignment));
  return rest.operations.map(nameOf).filter((name) => !known.includes(name));
}
