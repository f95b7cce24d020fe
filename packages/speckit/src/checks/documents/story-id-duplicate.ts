import { groupBy } from "../../model/group-by.ts";
import type { Check } from "../check.ts";
import { specsOf } from "./documents-of.ts";

export const storyIdDuplicate: Check = {
  id: "story-id-duplicate",
  area: "traceability",
  severity: "warning",
  title: "Every user story has a number of its own",
  why: "Tasks refer to stories by number: with two of the same number nobody knows which one is meant.",
  fix: "Number the stories through.",
  measured: { hits: 0, sampled: 0, right: 0 },

  *run(workspace) {
    for (const { stories } of specsOf(workspace)) {
      for (const [id, [first, ...others]] of groupBy(stories, (story) => story.id)) {
        for (const { title, at } of others) {
          yield {
            message: `${id} is both '${first?.title ?? ""}' and '${title}'.`,
            at,
            related: first ? [{ message: `the first ${id}`, at: first.at }] : [],
          };
        }
      }
    }
  },
};
