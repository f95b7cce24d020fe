// Measures how well and how fast things are found, and writes docs/explanation/search.md: `npm run bench:search [-- --fit] [-- --no-speed] [-- --no-write]`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { step } from "../../scripts/progress.mjs";
import { writeSection } from "../write-section.mjs";
import { askAll, ELSEWHERE } from "./evaluate.mjs";
import { fitLogistic } from "./logistic.mjs";
import { minisearch, searchers } from "./peers.mjs";
import { calibrationTable, kindTable, searcherTable } from "./report.mjs";
import { repositories, root } from "./repositories.mjs";
import { speedTable } from "./speed.mjs";

const page = join(root, "docs/explanation/search.md");
const coefficients = fileURLToPath(
  new URL("../../packages/speckit/src/search/relevance-coefficients.ts", import.meta.url),
);
const { values } = parseArgs({
  options: {
    fit: { type: "boolean", default: false },
    speed: { type: "boolean", default: true },
    write: { type: "boolean", default: true },
  },
  allowNegative: true,
});

await minisearch();
const answers = [];
const asked = repositories();
for (const [at, repository] of asked.entries()) {
  const stranger = [...asked.slice(at + 1), ...asked].find(
    (other) => other.part === repository.part && other !== repository,
  );
  answers.push(
    ...(await step(`ask about ${repository.name}`, async () =>
      askAll(repository, await searchers(), stranger),
    )),
  );
}
const heldOut = answers.filter(({ part, kind }) => part === "heldOut" && kind !== ELSEWHERE);
const elsewhere = answers.filter(({ part, kind }) => part === "heldOut" && kind === ELSEWHERE);

if (values.fit) {
  const weights = fitLogistic(answers.filter(({ part }) => part === "fit").flatMap(({ judged }) => judged));
  const old = readFileSync(coefficients, "utf8");
  const numbers = weights.map((weight) => Number(weight.toFixed(3))).join(", ");
  writeFileSync(coefficients, old.replace(/= \[[^\]]*\]/, `= [\n  ${numbers},\n]`));
  console.log(`${coefficients} is written: build, and measure again without --fit.`);
} else {
  const sections = {
    searchers: searcherTable(heldOut),
    kinds: kindTable(heldOut),
    calibration: calibrationTable([...heldOut, ...elsewhere], elsewhere),
    ...(values.speed ? { speed: await speedTable() } : {}),
  };
  for (const [name, text] of Object.entries(sections)) {
    console.log(`\n${text}`);
    if (values.write) writeSection(page, name, "bench:search", text);
  }
}
