import type { EventType } from "../../model/contract.ts";
import type { Report } from "../../model/finding.ts";
import type { Check } from "../check.ts";
import { eventContractsOf } from "./contracts-of.ts";

export const eventConstantMismatch: Check = {
  id: "event-constant-mismatch",
  area: "events",
  severity: "error",
  title: "The constants of an event's schema are its own name and version",
  why: "A message that follows the schema carries another name or version than the contract promises, so consumers drop or misread it.",
  fix: "Make the 'const' equal to the 'eventType' or 'version' of the entry.",

  *run(workspace) {
    for (const { events } of eventContractsOf(workspace)) {
      for (const type of events) yield* mismatches(type);
    }
  },
};

function* mismatches({ event, version, constantType, constantVersion, at }: EventType): Generator<Report> {
  const place = { ...at, pointer: `${at.pointer}/schema` };
  if (constantType !== undefined && constantType !== event) {
    yield { message: `The schema of '${event}' demands the eventType '${constantType}'.`, at: place };
  }
  if (version !== undefined && constantVersion !== undefined && major(version) !== major(constantVersion)) {
    const message = `The schema of '${event}' demands the version '${constantVersion}'; the contract says '${version}'.`;
    yield { message, at: place };
  }
}

/** `v1`, `1` and `1.0.0` are one version in three spellings. */
function major(version: string): string {
  return version.replace(/^v/i, "").replace(/\..*$/, "");
}
