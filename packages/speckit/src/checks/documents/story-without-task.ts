import { coveredBy, isNamed } from "../../model/story-names.ts";
import type { Check } from "../check.ts";
import { shortened } from "../shortened.ts";
import { featuresOf } from "./documents-of.ts";

export const storyWithoutTask: Check = {
  id: "story-without-task",
  area: "traceability",
  severity: "warning",
  title: "Every story has a task",
  why: "What no task builds is not built, and nobody notices before the users do.",
  fix: "Add tasks for the story, marked [US1] or with 'Covers: P1', or take the story out of the specification.",
  measured: { hits: 0, sampled: 0, right: 0 },

  *run(workspace) {
    for (const { feature } of featuresOf(workspace)) {
      const { spec, tasks } = feature;
      if (!spec || !tasks || tasks.tasks.length === 0) continue;
      const covered = coveredBy(tasks);
      // A list that names no story at all follows none of them; it is not that one was forgotten.
      if (!spec.stories.some((story) => isNamed(story, covered))) continue;
      for (const story of spec.stories) {
        if (story.withdrawn || isNamed(story, covered)) continue;
        yield {
          message: `No task serves ${story.id}, '${shortened(story.title, 50)}'.`,
          at: story.at,
          related: [{ message: "the task list", at: { file: tasks.file, line: 1, column: 1 } }],
        };
      }
    }
  },
};
