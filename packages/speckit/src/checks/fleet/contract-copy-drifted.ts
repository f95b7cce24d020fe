import type { ApiContract, Operation } from "../../model/contract.ts";
import { nameOf } from "../../model/operation-purpose.ts";
import { pathShape } from "../../model/path-shape.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";

export const contractCopyDrifted: Check = {
  id: "contract-copy-drifted",
  area: "api",
  severity: "warning",
  title: "Copies of a contract say the same",
  why: "Who reads the one builds something else than who reads the other.",
  fix: "Make the copy anew from its original, or remove it.",

  *run({ services }) {
    for (const { name, copies } of services) {
      for (const { of, copy } of copies) {
        const differing = differences(of, copy);
        if (differing.length === 0) continue;
        yield {
          message: `${copy.file} is a copy of ${of.file} and differs in ${listing(differing)}.`,
          at: { file: copy.file, pointer: "" },
          service: name,
          related: [{ message: "the original", at: { file: of.file, pointer: "" } }],
        };
      }
    }
  },
};

function differences(original: ApiContract, copy: ApiContract): string[] {
  const [before, after] = [byLabel(original), byLabel(copy)];
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (label) => before.get(label) !== after.get(label),
  );
}

/** What an operation says without where it stands. */
function byLabel({ operations }: ApiContract): Map<string, string> {
  return new Map(operations.map((operation) => [pathShape(nameOf(operation)), essence(operation)]));
}

function essence({ at: _, schemaless: __, responses, parameters, ...rest }: Operation): string {
  return JSON.stringify({
    ...rest,
    path: pathShape(rest.path),
    parameters: parameters.map((parameter) => JSON.stringify(parameter)).sort(),
    responses: responses.map(({ status, mediaTypes }) => ({ status, mediaTypes })),
  });
}
