/**
 * Reads damaged documents by the thousand: `npm run fuzz -- [--count 20000] [--seed N] [--only N]`. No reader, check or comparison may throw, take
 * more than a few seconds, or name a place outside of its file. Ends at the first that does, and says how to see it again.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { createContext, Script } from "node:vm";
import { callAnything } from "./fuzz/call-anything.ts";
import { compareAnything } from "./fuzz/compare-anything.ts";
import { readCorpus } from "./fuzz/corpus.ts";
import { FILES_A_WORKSPACE, inputsOf, pairOf } from "./fuzz/inputs.ts";
import { type Input, readAnything } from "./fuzz/read-anything.ts";

const PATIENCE_MS = 5000;

const { values } = parseArgs({
  options: { count: { type: "string" }, seed: { type: "string" }, only: { type: "string" } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const count = Number(values.count ?? 20_000);
const corpus = readCorpus();
const workspaces =
  values.only === undefined
    ? Array.from({ length: Math.ceil(count / FILES_A_WORKSPACE) }, (_, index) => index)
    : [Number(values.only)];

console.log(`Seed ${seed}: ${count} files made from ${corpus.length} documents.`);
const started = performance.now();
for (const index of workspaces) {
  const inputs = inputsOf(seed, index, corpus);
  const pair = pairOf(seed, index, corpus);
  const failure = failureOf(() => {
    readAnything(inputs);
    if (pair) compareAnything(pair.sample, pair.damaged);
    if (pair) callAnything(pair.sample.file, pair.damaged);
  });
  if (failure !== undefined) {
    const sides = pair ? { base: pair.sample.text, revision: pair.damaged } : {};
    const encoder = new TextEncoder();
    const texts = Object.entries(sides).map(([side, text]) => ({
      file: `compared/${side}/${pair?.sample.file}`,
      bytes: encoder.encode(text),
    }));
    report(index, [...inputs, ...texts], failure);
    process.exit(1);
  }
}
console.log(`All were read, in ${((performance.now() - started) / 1000).toFixed(1)} s.`);

function failureOf(work: () => void): string | undefined {
  const before = performance.now();
  try {
    interruptible(work);
  } catch (error) {
    return error instanceof Error ? error.stack : String(error);
  }
  const took = performance.now() - before;
  return took > PATIENCE_MS ? `It took ${Math.round(took)} ms.` : undefined;
}

/** Ends work that would never end, which nothing but this can: it all happens on one thread. */
function interruptible(work: () => void): void {
  const context = createContext({ work });
  new Script("work()").runInContext(context, { timeout: 10 * PATIENCE_MS });
}

function report(index: number, inputs: readonly Input[], failure: string): void {
  const folder = join(tmpdir(), `speckit-fuzz-${seed}-${index}`);
  for (const { file, bytes } of inputs) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), bytes);
  }
  console.error(
    `${failure}\n\nThe files are in ${folder}. Again: npm run fuzz -- --seed ${seed} --only ${index}`,
  );
}
