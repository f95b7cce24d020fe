import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { type ChangeOfKeyword, keywordPairs, versionsOf } from "../scripts/keyword-pairs.ts";
import { type Place, verdictAt } from "../scripts/keyword-verdict.ts";

const ajv = new Ajv2020({ strict: false, formats: { date: /^\d{4}-\d\d-\d\d$/ } });

/** Who breaks: what allows less turns writers away, what allows more surprises readers. */
const harm: Readonly<Record<Place, readonly ChangeOfKeyword[]>> = {
  request: ["added", "narrowed"],
  response: ["removed", "widened"],
  event: ["removed", "widened"],
};

/** Which of two patterns allows more nobody can tell; and properties that nobody named may hold what they will, see --strict-content. */
const untold: Readonly<Record<string, readonly ChangeOfKeyword[]>> = {
  pattern: ["narrowed", "widened"],
  properties: ["added", "removed"],
};

describe.each(keywordPairs.filter(({ value }) => value !== undefined))("$keyword", (pair) => {
  test("allows less in one version than in the other, says a validator", () => {
    expect(ajv.validate(pair.loose, pair.value)).toBe(true);
    expect(ajv.validate(pair.tight, pair.value)).toBe(false);
    expect(ajv.validate(pair.without, pair.value)).toBe(true);
  });

  test.each(
    Object.entries(harm) as [Place, readonly ChangeOfKeyword[]][],
  )("in a %s hurts when %s", (place, hurting) => {
    for (const change of ["added", "removed", "narrowed", "widened"] as const) {
      if (untold[pair.keyword]?.includes(change)) continue;
      const said = verdictAt(place, ...versionsOf(pair, change));
      if (hurting.includes(change))
        expect([change, said]).toEqual([change, expect.stringMatching(/^(?:breaking|risky)$/)]);
      else expect([change, said]).toEqual([change, expect.stringMatching(/^(?:compatible|risky)$/)]);
    }
  });
});

test.each(
  keywordPairs.filter(({ value }) => value === undefined),
)("$keyword only describes, and breaks nobody in a request", (pair) => {
  const isEncoding = pair.keyword.startsWith("content");
  for (const change of ["added", "removed", "narrowed", "widened"] as const)
    if (!isEncoding) expect(verdictAt("request", ...versionsOf(pair, change))).not.toBe("breaking");
});
