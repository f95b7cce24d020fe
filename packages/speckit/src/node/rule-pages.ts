import { existsSync, readFileSync } from "node:fs";

/** Where the build puts the pages of docs/reference, and where they stand in a checkout. */
const folders = [
  "../pages/checks/",
  "../pages/changes/",
  "../pages/answers/",
  "../../../../docs/reference/checks/",
  "../../../../docs/reference/changes/",
  "../../../../docs/reference/answers/",
];

/** The page of a rule as markdown. Throws when the rule has none: every rule has, a test sees to it. */
export function readRulePage(id: string): string {
  const file = folders
    .map((folder) => new URL(`${folder}${id}.md`, import.meta.url))
    .find((candidate) => existsSync(candidate));
  if (!file) throw new Error(`The rule ${id} has no page.`);
  return readFileSync(file, "utf8");
}
