import type { Scenario, Story } from "./spec.ts";
import { wordStems } from "./word-stems.ts";

/**
 * Whether the title of a test names a scenario: by its words; by the story's number when the story has no other scenario.
 */
export function namesScenario(
  title: string,
  { id, title: story, scenarios }: Story,
  { whole }: Scenario,
): boolean {
  if (scenarios.length === 1 && ` ${title.replace(/[^\w-]+/g, " ")} `.includes(` ${id} `)) return true;
  const [words, said] = [wordStems(title), wordStems(`${story} ${whole}`)];
  const common = [...words].filter((stem) => said.has(stem)).length;
  return common >= 2 && common * 3 >= Math.min(words.size, said.size) * 2;
}
