import { type AvroType, AvroTypes } from "../parse/avro/types.ts";
import { type Node, NodeBelow, placeOf } from "../parse/references.ts";
import { list, mapping, strings, text } from "../parse/values.ts";
import { canRead, describeType } from "./avro/can-read.ts";
import type { Effect, Fact } from "./change.ts";
import type { Occurrence } from "./occurrence.ts";
import type { ContractSide } from "./schema/contract-side.ts";

/** A type in both versions with the namespaces around it. */
interface Step {
  readonly base: AvroType;
  readonly revision: AvroType;
  readonly spaces: { readonly base: string; readonly revision: string };
  readonly location: string;
}

/**
 * Compares two Avro schemas by the rules of schema resolution: what the newer cannot read of the older is narrowed, what the older cannot read of
 * the newer is widened. Source: https://avro.apache.org/docs/1.12.0/specification/#schema-resolution
 */
export function compareAvro(base: ContractSide, revision: ContractSide): Occurrence[] {
  const comparison = new AvroComparison(base, revision);
  return comparison.run();
}

class AvroComparison {
  readonly #before: AvroTypes;
  readonly #after: AvroTypes;
  readonly #facts: { readonly fact: Fact; readonly location: string }[] = [];
  readonly #seen = new Set<string>();
  readonly #queue: Step[] = [];

  constructor(base: ContractSide, revision: ContractSide) {
    this.#before = new AvroTypes({ file: base.file, pointer: "", value: base.value });
    this.#after = new AvroTypes({ file: revision.file, pointer: "", value: revision.value });
  }

  run(): Occurrence[] {
    const [base, revision] = [this.#before.root(), this.#after.root()];
    this.#queue.push({ base, revision, spaces: { base: "", revision: "" }, location: "" });
    for (let step = this.#queue.shift(); step; step = this.#queue.shift()) this.#compare(step);
    const operation = `event ${(revision.name || base.name || "schema").split(".").at(-1)}`;
    return this.#facts.map(({ fact, location }) => ({
      fact,
      location,
      direction: "event",
      operation,
      experimental: false,
      usual: "backward",
    }));
  }

  #note(
    { location }: Pick<Step, "location">,
    kind: string,
    effect: Effect,
    name: string,
    [before, after]: readonly [unknown, unknown],
    [base, revision]: readonly [Node, Node],
    traits: Fact["traits"] = {},
  ): void {
    const fact = {
      kind,
      effect,
      name,
      before,
      after,
      base: placeOf(base),
      revision: placeOf(revision),
      traits,
    };
    this.#facts.push({ fact, location });
  }

  #compare(step: Step): void {
    const { base, revision } = step;
    const [old, now] = [this.#branches(step, "base"), this.#branches(step, "revision")];
    const narrowed = old.some((type) => !now.some((other) => canRead(other, type)));
    const widened = now.some((type) => !old.some((other) => canRead(other, type)));
    if (narrowed || widened) {
      const kind = narrowed && widened ? "type-changed" : narrowed ? "type-narrowed" : "type-widened";
      const effect = narrowed && widened ? "replaced" : narrowed ? "narrowed" : "widened";
      this.#note(
        step,
        kind,
        effect,
        "",
        [old.map(describeType), now.map(describeType)].map(single) as [unknown, unknown],
        [base.node, revision.node],
      );
    }
    for (const type of old) {
      const other = now.find((candidate) => candidate.kind === type.kind && canRead(candidate, type));
      if (other) this.#compareInside({ ...step, base: type, revision: other });
    }
  }

  /** The branches of a union; any other type is one branch. */
  #branches(step: Step, side: "base" | "revision"): AvroType[] {
    const type = step[side];
    const types = side === "base" ? this.#before : this.#after;
    if (type.kind !== "union") return [type];
    return list(type.node.value).map((branch, index) =>
      types.typeOf(new NodeBelow(type.node, index, branch), step.spaces[side]),
    );
  }

  #compareInside(step: Step): void {
    const { base, revision, location } = step;
    if (base.name !== "" && revision.name !== "") {
      const key = `${base.name} ${revision.name}`;
      if (this.#seen.has(key)) return;
      this.#seen.add(key);
    }
    const spaces = {
      base: this.#before.spaceIn(base, step.spaces.base),
      revision: this.#after.spaceIn(revision, step.spaces.revision),
    };
    const below = (key: string, suffix: string, old: Node = base.node, now: Node = revision.node) =>
      this.#queue.push({
        base: this.#before.typeOf(member(old, key), spaces.base),
        revision: this.#after.typeOf(member(now, key), spaces.revision),
        spaces,
        location: location + suffix,
      });
    if (base.kind === "array") below("items", "[]");
    if (base.kind === "map") below("values", ".*");
    if (base.kind === "enum") this.#compareSymbols(step);
    if (base.kind !== "record") return;
    const [old, now] = [fieldsOf(base.node), fieldsOf(revision.node)];
    for (const field of old) {
      const at = { location: `${location}.${field.name}` };
      const counterpart = now.find(
        ({ name, aliases }) => name === field.name || aliases.includes(field.name),
      );
      if (counterpart) below("type", `.${counterpart.name}`, field.node, counterpart.node);
      if (counterpart?.name === field.name) continue;
      // Who still reads with the older schema needs a value of its own when none comes.
      const required = !field.hasDefault;
      const places = [field.node, counterpart?.node ?? revision.node] as const;
      this.#note(
        at,
        "property-removed",
        required ? "widened" : "none",
        field.name,
        [field.name, null],
        places,
        {
          required,
        },
      );
    }
    for (const field of now) {
      if (old.some(({ name }) => name === field.name || field.aliases.includes(name))) continue;
      const at = { location: `${location}.${field.name}` };
      const { hasDefault } = field;
      const kind = hasDefault ? "property-added" : "required-property-added";
      this.#note(
        at,
        kind,
        hasDefault ? "none" : "narrowed",
        field.name,
        [null, field.name],
        [base.node, field.node],
        {
          hasDefault,
        },
      );
    }
  }

  /** A reader with a default takes symbols that it does not know. */
  #compareSymbols(step: Step): void {
    const { base, revision } = step;
    const symbolsOf = ({ node }: AvroType) => member(node, "symbols");
    const [old, now] = [symbolsOf(base), symbolsOf(revision)];
    const places = [old, now] as const;
    const hasDefault = ({ node }: AvroType) => mapping(node.value).default !== undefined;
    for (const symbol of strings(old.value)) {
      if (strings(now.value).includes(symbol)) continue;
      const effect = hasDefault(revision) ? "none" : "narrowed";
      this.#note(step, "enum-value-removed", effect, symbol, [symbol, null], places);
    }
    for (const symbol of strings(now.value)) {
      if (strings(old.value).includes(symbol)) continue;
      this.#note(
        step,
        "enum-value-added",
        hasDefault(base) ? "none" : "widened",
        symbol,
        [null, symbol],
        places,
      );
    }
  }
}

interface Field {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly hasDefault: boolean;
  readonly node: Node;
}

function fieldsOf(record: Node): Field[] {
  const fields = member(record, "fields");
  return list(fields.value).map((value, index) => {
    const { name, aliases } = mapping(value);
    return {
      name: text(name) ?? "",
      aliases: strings(aliases),
      hasDefault: "default" in mapping(value),
      node: new NodeBelow(fields, index, value),
    };
  });
}

function member(node: Node, key: string): Node {
  return new NodeBelow(node, key, mapping(node.value)[key]);
}

function single(names: readonly string[]): unknown {
  return names.length === 1 ? names[0] : names;
}
