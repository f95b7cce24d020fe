import type { Check } from "../check.ts";
import { documentsOf } from "./documents-of.ts";

/** A heading longer than that is a statement itself: "### As a user, I want to …". */
const MAX_TITLE = 60;

export const sectionEmpty: Check = {
  id: "section-empty",
  area: "sections",
  severity: "warning",
  title: "No section is empty",
  why: "A heading without text promises something that the document does not say.",
  fix: "Fill the section, write 'None.' or delete the heading.",
  measured: { hits: 1, sampled: 1, right: 1 },

  *run(workspace) {
    for (const { sections } of documentsOf(workspace)) {
      const empty = sections.filter(({ at, endLine, ...section }) => {
        const hasSections = sections.some((other) => other.at.line > at.line && other.at.line <= endLine);
        // A mandatory heading has to stay; whether what it promises stands anywhere is for section-missing to say.
        const mayBeEmpty = section.mandatory || section.level === 1 || section.title.length > MAX_TITLE;
        return section.empty && !mayBeEmpty && !hasSections;
      });
      for (const { title, at } of empty) yield { message: `The section '${title}' is empty.`, at };
    }
  },
};
