import type { Operation } from "../../model/contract.ts";
import type { Report } from "../../model/finding.ts";
import { nameOf } from "../../model/operation-purpose.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { apisOf } from "./contracts-of.ts";
import { isHabit } from "./is-habit.ts";

export const schemaMissing: Check = {
  id: "schema-missing",
  area: "api",
  severity: "warning",
  title: "Every JSON body has a schema",
  why: "Consumers have to guess what is in it, and a change of it can never be seen.",
  fix: "Add a schema to the media type.",

  *run(workspace) {
    for (const { file, operations } of apisOf(workspace)) {
      const bare = operations.filter(({ schemaless }) => schemaless.length > 0);
      if (isHabit(bare, operations)) {
        const message = `${bare.length} of ${operations.length} operations have JSON bodies without a schema: ${listing(bare.map(nameOf))}.`;
        yield { message, at: { file, pointer: "/paths" } };
      } else yield* eachBody(bare);
    }
  },
};

/** A shared response is mended once, however many operations answer with it. */
function* eachBody(operations: readonly Operation[]): Generator<Report> {
  const reported = new Set<string>();
  for (const operation of operations) {
    for (const at of operation.schemaless) {
      const key = `${at.file}#${at.pointer}`;
      if (reported.has(key)) continue;
      reported.add(key);
      const what = at.pointer.includes("/requestBod") ? "request" : "response";
      yield { message: `A JSON ${what} of ${nameOf(operation)} has no schema.`, at };
    }
  }
}
