import { fileURLToPath } from "node:url";
import type { RuleExample } from "../scripts/rule-examples.ts";
import type { ChangeRule } from "../src/changes/change.ts";
import { diff } from "../src/cli/diff.ts";
import { testRules } from "./rule-tests.ts";

interface DiffJson {
  readonly changes: readonly {
    readonly kind: string;
    readonly level: string;
    readonly operation: string;
    readonly location: string;
    readonly message: string;
    readonly revision: { readonly file: string; readonly line: number };
  }[];
}

await testRules<ChangeRule>({
  folder: fileURLToPath(new URL("../src/changes/rules", import.meta.url)),
  isRule: (exported) => "id" in exported && "level" in exported,
  run: async ({ id }, example) => {
    const { changes } = await changesIn(example);
    return changes
      .filter(({ kind }) => kind === id)
      .map(
        ({ level, operation, location, message, revision: { file, line } }) =>
          `${file}:${line} ${level} ${id}  ${message} (${operation}, ${location})`,
      );
  },
});

/** What `speckit diff base.yaml revision.yaml` says in the example's folder. */
async function changesIn({ dir, files }: RuleExample): Promise<DiffJson> {
  const sides = ["base.", "revision."].map((start) => files.find(({ path }) => path.startsWith(start))?.path);
  let output = "";
  await diff.run(
    sides.map((path) => path ?? ""),
    { json: true },
    {
      cwd: dir,
      env: {},
      color: false,
      columns: 80,
      isTerminal: false,
      now: () => Date.UTC(2026, 0, 1),
      write: (text) => {
        output += text;
      },
      writeError: () => {},
      input: () => undefined,
      interrupted: () => new Promise(() => {}),
    },
  );
  return JSON.parse(output) as DiffJson;
}
