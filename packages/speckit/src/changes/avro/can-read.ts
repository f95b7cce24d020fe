import type { AvroType } from "../../parse/avro/types.ts";
import { mapping, strings } from "../../parse/values.ts";

/** Which written primitives a reader of each takes besides its own. */
const promotions: Readonly<Record<string, readonly string[]>> = {
  long: ["int"],
  float: ["int", "long"],
  double: ["int", "long", "float"],
  string: ["bytes"],
  bytes: ["string"],
};

/** Whether a reader of one type takes what is written as another, as far as the types themselves say; what is inside is compared on its own. */
export function canRead(reader: AvroType, written: AvroType): boolean {
  if (reader.kind !== written.kind) return promotions[reader.kind]?.includes(written.kind) ?? false;
  const [ours, theirs] = [mapping(reader.node.value), mapping(written.node.value)];
  if (["record", "enum", "fixed"].includes(reader.kind)) {
    const names = [lastName(reader.name), ...strings(ours.aliases).map(lastName)];
    if (!names.includes(lastName(written.name))) return false;
  }
  if (reader.kind === "fixed" && ours.size !== theirs.size) return false;
  const isDecimal = ours.logicalType === "decimal" || theirs.logicalType === "decimal";
  return (
    !isDecimal ||
    (ours.logicalType === theirs.logicalType &&
      ours.precision === theirs.precision &&
      (ours.scale ?? 0) === (theirs.scale ?? 0))
  );
}

/** A type in a message: `array`, `decimal(10, 2)`, the name of a record. */
export function describeType({ kind, name, node }: AvroType): string {
  const { logicalType, precision, scale } = mapping(node.value);
  if (logicalType === "decimal") return `decimal(${String(precision)}, ${String(scale ?? 0)})`;
  return name === "" ? kind : lastName(name);
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
