// Measures how many tokens an agent needs and how much is lost, and writes docs/explanation/tokens.md: `npm run bench:tokens [-- --no-fleets] [-- --no-write]`.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { step } from "../../scripts/progress.mjs";
import { writeSection } from "../write-section.mjs";
import { measureExample } from "./example.mjs";
import { writeFleetWithQuickRefs } from "./fleets.mjs";
import { claimsTable, fleetTable, outputTable, packTable, questionTable } from "./report.mjs";
import { measureTable } from "./table.mjs";
import { inScratch, recordedSession, root } from "./workspace.mjs";

const page = join(root, "docs/explanation/tokens.md");
const { values } = parseArgs({
  options: { fleets: { type: "boolean", default: true }, write: { type: "boolean", default: true } },
  allowNegative: true,
});

const example = await step("the example", () => measureExample([1500, 3000]));
const tables = [example.table];
if (values.fleets)
  for (const count of [50, 500])
    tables.push(
      await step(`a fleet of ${count}`, () =>
        inScratch(async (folder) => {
          const named = await writeFleetWithQuickRefs(folder, count);
          return measureTable(folder, { ...named, change: example.change, session: recordedSession });
        }),
      ),
    );

const sections = {
  claims: claimsTable(example.table),
  ...(values.fleets ? { fleets: fleetTable(tables), outputs: outputTable(tables) } : {}),
  questions: questionTable(example.answers),
  packs: packTable(example.packs),
};
for (const [name, text] of Object.entries(sections)) {
  console.log(`\n${text}`);
  if (values.write) writeSection(page, name, "bench:tokens", text);
}
