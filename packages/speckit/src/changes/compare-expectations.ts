import type { ConsumerExpectation, Workspace } from "../model/workspace.ts";
import type { ChangeRule } from "./change.ts";
import { compareContracts, contractSide } from "./compare-contracts.ts";
import type { JudgedReport } from "./compare-fleet.ts";
import type { Verdict } from "./judge.ts";

/**
 * Compares what the tests of consumers expect with what providers offer, as if the expectation were the older version of the contract: what
 * would break then is not offered now. `load` gives the value of a file of the workspace.
 */
export function compareExpectations(
  { expectations, config }: Workspace,
  load: (file: string) => unknown,
  rules: readonly ChangeRule[],
  today: string,
): JudgedReport[] {
  const options = { rules, profile: config.profile, compatibility: undefined, today };
  return expectations.flatMap((expectation) => {
    const [expected, offered] = [expectation.file, expectation.api.file].map((file) =>
      contractSide(file, load),
    );
    if (!expected || !offered) return [];
    return compareContracts("openapi", expected, offered, options)
      .filter((verdict) => verdict.level === "breaking" && config.rules[verdict.rule.id] !== "off")
      .filter((verdict) => !isOfferedElsewhere(verdict, expectation))
      .map((verdict) => judged(verdict, expectation));
  });
}

function isOfferedElsewhere({ change }: Verdict, { others }: ConsumerExpectation): boolean {
  if (change.kind !== "operation-removed") return false;
  const offered = new Set(
    others.flatMap(({ operations }) => operations.map(({ method, path }) => `${method} ${path}`)),
  );
  return change.operations.every((operation) => offered.has(operation));
}

function judged(verdict: Verdict, { consumer, provider }: ConsumerExpectation): JudgedReport {
  return {
    rule: { ...verdict.rule, severity: "error" },
    report: {
      message: `The tests of ${consumer} expect otherwise of ${provider}, ${verdict.change.operations[0]}: ${verdict.message}`,
      at: verdict.change.base,
      service: consumer,
      fix: `Bring the expectation and ${consumer} up to the contract of ${provider}, or change that contract back`,
      consumers: [consumer],
      related: [{ message: `what ${provider} offers`, at: verdict.change.revision }],
    },
  };
}
