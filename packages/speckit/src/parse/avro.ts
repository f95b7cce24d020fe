import type { AvroContract, ReadingProblem } from "../model/contract.ts";
import { AvroTypes, fullName, type NamedType } from "./avro/types.ts";
import type { Tree } from "./tree.ts";
import { isMapping, list, mapping, text } from "./values.ts";

/**
 * Reads an Avro schema. Never throws; what is against the specification stands in `problems`.
 * Source: https://avro.apache.org/docs/1.12.0/specification/
 */
export function parseAvro({ file, value, problems }: Tree): AvroContract {
  const types = new AvroTypes({ file, pointer: "", value });
  const root = mapping(Array.isArray(value) ? value.at(-1) : value);
  return {
    kind: "avro",
    file,
    name: isMapping(root) && root.name !== undefined ? fullName(root, "") : undefined,
    problems: [...problems, ...types.unknown.map(unknownType), ...types.named().flatMap(problemsOf)],
    references: [],
  };
}

function unknownType({ name, at }: AvroTypes["unknown"][number]): ReadingProblem {
  const message = `Type '${name}' is none of Avro's and is not defined before it is used.`;
  return { rule: "contract-invalid", message, at };
}

function problemsOf({ node: { file, pointer, value } }: NamedType): ReadingProblem[] {
  const { type, name, fields, symbols, size } = mapping(value);
  const problem = (message: string, below = ""): ReadingProblem => ({
    rule: "contract-invalid",
    message,
    at: { file, pointer: pointer + below },
  });
  if (type === "record" && !Array.isArray(fields)) return [problem(`Record '${text(name)}' has no fields.`)];
  if (type === "enum" && list(symbols).length === 0) return [problem(`Enum '${text(name)}' has no symbols.`)];
  if (type === "fixed" && typeof size !== "number") return [problem(`Fixed '${text(name)}' has no size.`)];
  const names = list(fields).map((field) => text(mapping(field).name));
  return names.flatMap((field, index) => {
    if (field === undefined) return [problem("A field has no name.", `/fields/${index}`)];
    if (mapping(list(fields)[index]).type === undefined)
      return [problem(`Field '${field}' has no type.`, `/fields/${index}`)];
    return names.indexOf(field) < index
      ? [problem(`Field '${field}' stands twice in '${text(name)}'.`, `/fields/${index}/name`)]
      : [];
  });
}
