import type { Requirement, Spec } from "../../model/spec.ts";
import { coveredBy } from "../../model/story-names.ts";
import type { Check } from "../check.ts";
import { shortened } from "../shortened.ts";
import { featuresOf } from "./documents-of.ts";

export const requirementWithoutTask: Check = {
  id: "requirement-without-task",
  area: "traceability",
  severity: "warning",
  title: "Every requirement has a scenario or a task",
  why: "What neither a scenario shows nor a task builds is neither tested nor built.",
  fix: "Name the requirement in a task ('Covers: FR-001') or in a scenario, or take it out.",
  measured: { hits: 36, sampled: 20, right: 20 },

  *run(workspace) {
    for (const { feature } of featuresOf(workspace)) {
      const { spec, tasks } = feature;
      if (!spec || !tasks || tasks.tasks.length === 0) continue;
      const covered = coveredBy(tasks);
      const shown = shownIn(spec);
      const functional = spec.requirements.filter(({ id, withdrawn }) => id.startsWith("FR-") && !withdrawn);
      const missing = functional.filter((one) => !covered.has(one.id) && !shown.has(one.id) && !isShown(one));
      // Tasks that name few requirements are ordered by something else: then it is not that one was forgotten.
      if (missing.length > functional.length / 2) {
        const named = functional.length - missing.length;
        const message = `Tasks and scenarios name ${named} of ${functional.length} requirements.`;
        yield { severity: "info", message, at: { file: tasks.file, line: 1, column: 1 } };
        continue;
      }
      for (const requirement of missing) {
        yield {
          message: `Neither a scenario nor a task names ${requirement.id}: '${shortened(requirement.text, 50)}'`,
          at: requirement.at,
        };
      }
    }
  },
};

/** Requirements that are named inside of a story, where the scenarios stand. */
function shownIn({ mentions, stories, sections }: Spec): Set<string> {
  const spans = stories.map(
    ({ at }) => sections.find((section) => section.at.line === at.line) ?? { at, endLine: at.line },
  );
  return new Set(
    mentions.flatMap(({ text, at }) =>
      spans.some((span) => span.at.line <= at.line && at.line <= span.endLine) ? [text] : [],
    ),
  );
}

/** "… as in US1": the requirement itself says which story shows it. */
function isShown({ mentions }: Requirement): boolean {
  return mentions.some((name) => /^(?:US|P)\d/.test(name));
}
