import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A worked example of a rule: the files it is shown, and beside them what it says. It is a test, and a part of the rule's page. */
export interface RuleExample {
  /** The folder's name: a few words that say what is special, joined by hyphens. */
  readonly name: string;
  readonly dir: string;
  /** Every file but the findings, sorted by path. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly findingsFile: string;
  /** What the rule says, one finding a line; empty until the tests have written it. */
  readonly findings: string;
}

/** What `findings.txt` says when the rule has nothing to say. */
export const NO_FINDINGS = "no findings\n";

/** The examples of a rule, which stand beside it in `<id>.examples/<name>/`. Sorted by name; empty when there are none. */
export function examplesOf(folder: string, id: string): RuleExample[] {
  const home = join(folder, `${id}.examples`);
  if (!existsSync(home)) return [];
  return readdirSync(home)
    .sort()
    .map((name) => {
      const dir = join(home, name);
      const findingsFile = join(dir, "findings.txt");
      return {
        name,
        dir,
        files: filesBelow(dir)
          .filter((path) => path !== "findings.txt")
          .map((path) => ({ path, text: readFileSync(join(dir, path), "utf8") })),
        findingsFile,
        findings: existsSync(findingsFile) ? readFileSync(findingsFile, "utf8") : "",
      };
    });
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(dir.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}
