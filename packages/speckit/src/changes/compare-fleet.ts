import type { Config } from "../model/config.ts";
import { type ConsumerFinder, consumerFinder } from "../model/consumers.ts";
import type { Report, Severity } from "../model/finding.ts";
import type { Evidence, Workspace } from "../model/workspace.ts";
import type { ChangeRule } from "./change.ts";
import { type ContractKind, compareContracts } from "./compare-contracts.ts";
import { detailOf, type Verdict } from "./judge.ts";
import type { ContractSide } from "./schema/contract-side.ts";

/** One contract of a service in both versions; a side is missing when the contract is new, or gone. */
export interface ContractVersions {
  readonly service: string | undefined;
  readonly kind: Exclude<ContractKind, "schema">;
  readonly base: ContractSide | undefined;
  readonly revision: ContractSide | undefined;
}

/** A rule as findings see it: how bad a change is depends on the change, so the severity stands in the report. */
export interface JudgedReport {
  readonly rule: ChangeRule & { readonly severity: Severity };
  readonly report: Report;
}

const severities = { breaking: "error", risky: "warning", compatible: "info" } as const;

/** Compares every contract with its baseline and names the consumers that each change concerns. */
export function compareFleet(
  versions: readonly ContractVersions[],
  workspace: Workspace,
  rules: readonly ChangeRule[],
  today: string,
): JudgedReport[] {
  const consumersOf = consumerFinder(workspace);
  const { config } = workspace;
  return versions.flatMap(({ service, kind, base, revision }) => {
    if (!base) return [];
    const verdicts = compareContracts(
      kind,
      base,
      revision ?? emptied(kind, base),
      optionsOf(config, rules, today),
    );
    return verdicts
      .filter(({ rule }) => config.rules[rule.id] !== "off")
      .map((verdict) => ({
        rule: { ...verdict.rule, severity: severities[verdict.level] },
        report: reportOf(verdict, service, consumersOf),
      }));
  });
}

function optionsOf({ events, profile }: Config, rules: readonly ChangeRule[], today: string) {
  return { rules, profile, compatibility: events.compatibility, today };
}

/** A contract that is gone offers nothing any more. */
function emptied(kind: ContractVersions["kind"], { file, load, refSiblings }: ContractSide): ContractSide {
  return { file, value: nothing[kind], load, refSiblings };
}

const nothing: Readonly<Record<ContractVersions["kind"], unknown>> = {
  openapi: { openapi: "3.1.0", paths: {} },
  avro: [],
  asyncapi: { asyncapi: "3.0.0", channels: {} },
  events: { events: [] },
};

function reportOf(verdict: Verdict, service: string | undefined, consumersOf: ConsumerFinder): Report {
  const { change, level, message, fix } = verdict;
  const consumers = service === undefined ? [] : consumersOf(service, change.operations, fieldOf(verdict));
  return {
    message,
    at: change.revision,
    service,
    severity: severities[level],
    fix,
    change: detailOf(verdict),
    consumers: consumers.map((consumer) => consumer.service),
    related: consumers.flatMap(({ evidence, reads }) => [
      ...reads.map((at) => ({ message: `reads ${fieldOf(verdict)}`, at })),
      ...(evidence.length === 0
        ? [{ message: "declares the dependency", at: change.revision }]
        : evidence.filter(isTelling).map(({ source, at }) => ({
            message: source === "code" ? "uses it" : "declares the dependency",
            at,
          }))),
    ]),
  };
}

/** The field of a response that a change is about, as code reads it: `data.items.sku`; undefined for other changes. */
function fieldOf({ change: { direction, location, name, kind } }: Verdict): string | undefined {
  if (direction !== "response") return undefined;
  const path = /^response\.[^.]+\.body\.?(.*)$/.exec(location)?.[1]?.replaceAll("[]", "");
  if (path === undefined) return undefined;
  const isOfParent = kind === "property-removed" && path.split(".").at(-1) !== name;
  return [path, isOfParent ? name : ""].filter((part) => part !== "").join(".") || undefined;
}

/** Every place in code is worth a look; of the documents that declare a dependency the first is enough. */
function isTelling({ source }: Evidence, index: number, all: readonly Evidence[]): boolean {
  return source === "code" || all.findIndex((other) => other.source !== "code") === index;
}
