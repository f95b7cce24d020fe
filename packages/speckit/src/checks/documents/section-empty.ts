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

  *run(workspace) {
    for (const { sections } of documentsOf(workspace)) {
      const empty = sections.filter(({ at, endLine, ...section }) => {
        const hasSections = sections.some((other) => other.at.line > at.line && other.at.line <= endLine);
        return section.empty && section.level > 1 && !hasSections && section.title.length <= MAX_TITLE;
      });
      for (const { title, at } of empty) yield { message: `The section '${title}' is empty.`, at };
    }
  },
};
