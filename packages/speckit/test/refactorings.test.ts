import { dump } from "js-yaml";
import { describe, expect, test } from "vitest";
import { readCorpus } from "../scripts/fuzz/corpus.ts";
import { plant } from "../scripts/fuzz/plant.ts";
import { randomFrom } from "../scripts/fuzz/random.ts";
import { refactorings } from "../scripts/fuzz/refactor.ts";
import { compareContracts, readsRefSiblings } from "../src/changes/compare-contracts.ts";
import type { Verdict } from "../src/changes/judge.ts";
import { changeRules } from "../src/changes/rules/index.ts";
import type { ContractSide } from "../src/changes/schema/contract-side.ts";
import { parseTree } from "../src/parse/tree.ts";
import { mapping } from "../src/parse/values.ts";

/** Rules that look at the newer version alone. */
const aboutOneVersion = new Set(["stability-unknown", "sunset-unreadable"]);

const contracts = readCorpus()
  .filter(({ file, text }) => /\.ya?ml$/.test(file) && /^openapi: ['"]?3\.[01]/m.test(text))
  .map(({ file, text }) => ({ file, value: parseTree(file, text).value as Record<string, unknown> }))
  .filter(
    ({ value }) =>
      JSON.stringify(value)?.includes('"$ref"') || JSON.stringify(value)?.includes('"properties"'),
  );

function sideOf(value: unknown, files: ReadonlyMap<string, unknown> = new Map()): ContractSide {
  return {
    file: "api-spec.yaml",
    value,
    load: (file) => files.get(file),
    refSiblings: readsRefSiblings(mapping(value)),
  };
}

/** One line an operation: a schema that is written out in two places is two causes. */
function verdictTexts({ rule, level, change, message }: Verdict): string[] {
  return change.operations.map((operation) => `${level} ${rule.id} ${operation}: ${message}`);
}

function changesBetween(base: unknown, revision: unknown, files: ReadonlyMap<string, unknown>): string[] {
  const [before, after] = [sideOf(structuredClone(base)), sideOf(revision, files)];
  const options = { rules: changeRules, compatibility: undefined, today: "2026-01-01" } as const;
  return [
    ...compareContracts("openapi", before, after, options),
    ...compareContracts("openapi", after, before, options),
  ]
    .filter(({ rule }) => !aboutOneVersion.has(rule.id))
    .flatMap(verdictTexts);
}

test("there are contracts enough to try", () => {
  expect(contracts.length).toBeGreaterThan(100);
});

describe.each(Object.entries(refactorings))("%s", (_, refactor) => {
  test("changes nothing, in either direction", () => {
    contracts.forEach(({ file, value }, index) => {
      const revision = structuredClone(value);
      const files = new Map<string, unknown>();
      refactor(revision, randomFrom(index), files);
      expect(changesBetween(value, revision, files), file).toEqual([]);
    });
  });

  test("does change the document", () => {
    const changed = contracts.filter(({ value }, index) => {
      const revision = structuredClone(value);
      refactor(revision, randomFrom(index), new Map());
      return JSON.stringify(revision) !== JSON.stringify(value);
    });
    expect(changed.length).toBeGreaterThan(10);
  });

  test("hides no change and adds none", () => {
    let planted = 0;
    contracts.forEach(({ file, value }, index) => {
      const changedOnly = structuredClone(value);
      if (!plant(changedOnly, randomFrom(index + 2000))) return;
      const revision = structuredClone(changedOnly);
      const files = new Map<string, unknown>();
      refactor(revision, randomFrom(index), files);
      const expected = changesBetween(value, changedOnly, new Map());
      if (expected.length > 0) planted++;
      const found = changesBetween(value, revision, files);
      expect([...new Set(found)].sort(), `${file} ${index}`).toEqual([...new Set(expected)].sort());
    });
    expect(planted).toBeGreaterThan(50);
  });
});

test("all of them at once, in any order, change nothing", () => {
  contracts.forEach(({ file, value }, index) => {
    const random = randomFrom(index + 1000);
    const revision = structuredClone(value);
    const files = new Map<string, unknown>();
    for (let count = 0; count < 4; count++) random.pick(Object.values(refactorings))(revision, random, files);
    expect(changesBetween(value, revision, files), file).toEqual([]);
  });
});

test("JSON and YAML of one contract are the same", () => {
  for (const { file, value } of contracts) {
    const yaml = parseTree("api.yaml", dump(value, { noRefs: true })).value;
    const json = parseTree("api.json", JSON.stringify(value)).value;
    expect(changesBetween(yaml, json, new Map()), file).toEqual([]);
  }
});
