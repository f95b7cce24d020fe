// Everything that is measured of the example; quick enough for a test.
import { costOfChange } from "./change.mjs";
import { costOfPacks } from "./packs.mjs";
import { askQuestions } from "./questions.mjs";
import { measureTable } from "./table.mjs";
import { copyExample, inScratch, recordedSession } from "./workspace.mjs";

const service = "order-service";

/** @param {readonly number[]} budgets Tokens of a pack that questions are asked with. */
export function measureExample(budgets) {
  return inScratch(async (clone) => {
    const workspace = copyExample(clone);
    const change = await costOfChange(clone, workspace);
    const answers = [];
    for (const budget of budgets) answers.push(await askQuestions(workspace, budget));
    return {
      change,
      table: await measureTable(workspace, {
        service,
        query: "order processing",
        change,
        session: recordedSession,
      }),
      answers,
      packs: await costOfPacks(workspace, service),
    };
  });
}
