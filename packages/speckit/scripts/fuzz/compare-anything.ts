import {
  type ComparisonOptions,
  compareContracts,
  contractKindOf,
  readsRefSiblings,
} from "../../src/changes/compare-contracts.ts";
import { changeRules } from "../../src/changes/rules/index.ts";
import type { ContractSide } from "../../src/changes/schema/contract-side.ts";
import { parseTree } from "../../src/parse/tree.ts";
import { mapping } from "../../src/parse/values.ts";
import type { Sample } from "./corpus.ts";

const options: ComparisonOptions = { rules: changeRules, compatibility: "full", today: "2026-01-01" };

/** Rules that look at the newer version alone. */
const aboutOneVersion: ReadonlySet<string> = new Set(["stability-unknown", "sunset-unreadable"]);

/**
 * Compares a contract with a damaged copy, both ways, and each with itself.
 * @throws Error when a comparison throws, or a contract differs from itself
 */
export function compareAnything({ file, text }: Sample, damaged: string): void {
  const [base, revision] = [text, damaged].map((version) => sideOf(file, version)) as [
    ContractSide,
    ContractSide,
  ];
  const kind = contractKindOf(base.value);
  if (kind === undefined || kind !== contractKindOf(revision.value)) return;
  compareContracts(kind, base, revision, options);
  compareContracts(kind, revision, base, options);
  for (const side of [base, revision]) {
    const verdicts = compareContracts(kind, side, sideOf(file, side === base ? text : damaged), options);
    const verdict = verdicts.find(({ rule }) => !aboutOneVersion.has(rule.id));
    if (verdict) throw new Error(`${file} differs from itself: ${verdict.message}`);
  }
}

function sideOf(file: string, text: string): ContractSide {
  const { value } = parseTree(file, text);
  return { file, value, load: () => undefined, refSiblings: readsRefSiblings(mapping(value)) };
}
