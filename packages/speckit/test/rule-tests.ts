import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { examplesOf, NO_FINDINGS, type RuleExample } from "../scripts/rule-examples.ts";

/** Rules of one folder, each a file with its examples beside it, and the list that the folder's index.ts exports. */
export interface RuleFolder<R extends { readonly id: string }> {
  readonly folder: string;
  /** Tells a rule from whatever else a file of the folder exports. */
  readonly isRule: (exported: object) => boolean;
  /** What the rule says about an example, one finding a line. */
  readonly run: (rule: R, example: RuleExample) => readonly string[] | Promise<readonly string[]>;
}

/** Tests that the list and the folder agree, and that each rule says of its examples what stands beside them (`vitest -u` writes it there). */
export async function testRules<R extends { readonly id: string }>({ folder, isRule, run }: RuleFolder<R>) {
  const { list, files } = await readFolder<R>(folder, isRule);

  describe(`the list of ${basename(folder)}`, () => {
    test("names every rule of the folder, in alphabetical order", () => {
      expect(list.map(({ id }) => id)).toEqual([...files].sort());
    });

    test("leaves no examples without a rule", () => {
      const homes = readdirSync(folder).filter((name) => name.endsWith(".examples"));
      expect(homes.map((name) => name.replace(".examples", ""))).toEqual([...files].sort());
    });
  });

  for (const rule of list) {
    const examples = await Promise.all(
      examplesOf(folder, rule.id).map(async (example) => {
        const lines = await run(rule, example);
        return { ...example, said: lines.length === 0 ? NO_FINDINGS : `${lines.join("\n")}\n` };
      }),
    );
    describe(rule.id, () => {
      test("has an example that fires and one that does not", () => {
        expect(examples.map(({ said }) => said)).toContain(NO_FINDINGS);
        expect(examples.some(({ said }) => said !== NO_FINDINGS)).toBe(true);
      });

      for (const { name, said, findingsFile } of examples) {
        test(name, () => expect(said).toMatchFileSnapshot(findingsFile));
      }
    });
  }
}

/** The rules that index.ts lists, and the names of the files that hold one. */
async function readFolder<R>(folder: string, isRule: (exported: object) => boolean) {
  const exportsOf = async (name: string): Promise<object[]> =>
    Object.values((await import(/* @vite-ignore */ join(folder, name))) as Record<string, object>);
  const [list] = await exportsOf("index.ts");
  const names = readdirSync(folder).filter((name) => name.endsWith(".ts") && name !== "index.ts");
  const files: string[] = [];
  for (const name of names) {
    if ((await exportsOf(name)).some(isRule)) files.push(name.replace(/\.ts$/, ""));
  }
  return { list: list as R[], files };
}
