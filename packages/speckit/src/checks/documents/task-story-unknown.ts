import { isNamed } from "../../model/story-names.ts";
import { taskName } from "../../model/task-list.ts";
import type { Check } from "../check.ts";
import { featuresOf } from "./documents-of.ts";

export const taskStoryUnknown: Check = {
  id: "task-story-unknown",
  area: "traceability",
  severity: "warning",
  title: "Every story that a task serves is in the specification",
  why: "Work on a story that nobody specified is either forgotten in the specification or not wanted.",
  fix: "Correct the story's number, or add the story to spec.md.",
  measured: { hits: 1, sampled: 1, right: 1 },

  *run(workspace) {
    for (const { feature } of featuresOf(workspace)) {
      const { spec, tasks } = feature;
      if (!spec || !tasks || spec.stories.length === 0) continue;
      const reported = new Set<string>();
      for (const task of tasks.tasks) {
        for (const story of task.stories) {
          if (reported.has(story) || spec.stories.some((one) => isNamed(one, [story]))) continue;
          reported.add(story);
          yield {
            message: `${taskName(task.id)} serves ${story}; the specification has ${spec.stories.map(({ id }) => id).join(", ")}.`,
            at: task.at,
          };
        }
      }
    }
  },
};
