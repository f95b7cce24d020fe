import {
  type ChannelOperation,
  type MessageNode,
  readChannelOperations,
} from "../parse/asyncapi/channel-operations.ts";
import { type Node, NodeBelow, placeOf } from "../parse/references.ts";
import { mapping, text } from "../parse/values.ts";
import type { Fact } from "./change.ts";
import { type Occurrence, occurrencesOf, type SchemaRoot } from "./occurrence.ts";
import { SchemaComparison } from "./schema/comparison.ts";
import type { ContractSide } from "./schema/contract-side.ts";

/**
 * Compares two AsyncAPI documents of version 2 or 3, which may be of different versions: channels by address, messages by name. Where nobody says
 * otherwise, what the application sends must stay readable by those who receive it, and what it receives must stay acceptable from those who send it.
 */
export function compareAsyncApi(base: ContractSide, revision: ContractSide): Occurrence[] {
  const comparison = new Comparison(base, revision);
  const before = operationsOf(base);
  const after = operationsOf(revision);
  for (const [key, old] of before) {
    const now = after.get(key);
    if (now) comparison.compareMessages(old, now);
    else comparison.note("channel-removed", old, old.address, old.node, channelsOf(revision));
  }
  for (const [key, now] of after) {
    if (!before.has(key)) comparison.note("channel-added", now, now.address, channelsOf(base), now.node);
  }
  return comparison.finish();
}

/** Operations on one channel in one direction are one, with the messages of all. How parameters are called changes nothing. */
function operationsOf({ file, value, load }: ContractSide): Map<string, ChannelOperation> {
  const operations = new Map<string, ChannelOperation>();
  for (const operation of readChannelOperations(file, value, load)) {
    const key = `${operation.role} ${operation.address.replace(/\{[^{}]*\}/g, "{}")}`;
    const known = operations.get(key);
    const messages = [...(known?.messages ?? []), ...operation.messages];
    operations.set(key, { ...(known ?? operation), messages: unique(messages) });
  }
  return operations;
}

function unique(messages: readonly MessageNode[]): MessageNode[] {
  return [...new Map(messages.map((message) => [message.name, message])).values()];
}

function channelsOf({ file }: ContractSide): Node {
  return { file, pointer: "/channels", value: undefined };
}

const effects = {
  "channel-removed": "narrowed",
  "channel-added": "widened",
  "message-removed": "narrowed",
  "message-added": "widened",
} as const;

class Comparison {
  readonly #schemas: SchemaComparison;
  readonly #occurrences: Occurrence[] = [];
  readonly #roots: SchemaRoot[] = [];

  constructor(base: ContractSide, revision: ContractSide) {
    this.#schemas = new SchemaComparison(base, revision);
  }

  finish(): Occurrence[] {
    this.#schemas.finish();
    return [...this.#occurrences, ...occurrencesOf(this.#schemas.pairs, this.#roots)];
  }

  note(
    kind: keyof typeof effects,
    operation: ChannelOperation,
    name: string,
    base: Node,
    revision: Node,
  ): void {
    const gone = kind.endsWith("removed");
    this.#occurrences.push({
      fact: {
        kind,
        effect: effects[kind],
        name,
        before: gone ? name : null,
        after: gone ? null : name,
        base: placeOf(base),
        revision: placeOf(revision),
        traits: { role: operation.role },
      },
      location: kind.startsWith("message") ? name : "operation",
      ...spotOf(operation),
    });
  }

  compareMessages(before: ChannelOperation, after: ChannelOperation): void {
    for (const old of before.messages) {
      const now = counterpart(old, before, after);
      if (now) this.#compareMessage(old, now, after);
      else this.note("message-removed", after, old.name, old.node, after.node);
    }
    for (const now of after.messages) {
      if (!counterpart(now, after, before))
        this.note("message-added", after, now.name, before.node, now.node);
    }
  }

  #compareMessage(before: MessageNode, after: MessageNode, operation: ChannelOperation): void {
    const writer = operation.role === "sends" ? "provider" : "consumer";
    const aspect = { writer, inverted: false, textual: false, parameter: undefined } as const;
    for (const part of ["payload", "headers", "key"] as const) {
      const [old, now] = [schemasOf(before, part), schemasOf(after, part)];
      if (old.length + now.length === 0) continue;
      this.#roots.push({
        pair: this.#schemas.compare(old, now, aspect),
        location: `${after.name}.${part}`,
        ...spotOf(operation),
      });
    }
    const [oldType, newType] = [contentTypeOf(before), contentTypeOf(after)];
    if (oldType === undefined || newType === undefined || oldType === newType) return;
    const fact: Fact = {
      kind: "media-type-changed",
      effect: "replaced",
      name: newType,
      before: oldType,
      after: newType,
      base: placeOf(before.node),
      revision: placeOf(after.node),
      traits: {},
    };
    this.#occurrences.push({ fact, location: after.name, ...spotOf(operation) });
  }
}

/** The message of that name; or the only one there, when both have one: names are for documents, they do not travel. */
function counterpart(
  { name }: MessageNode,
  from: ChannelOperation,
  to: ChannelOperation,
): MessageNode | undefined {
  const isOnly = from.messages.length === 1 && to.messages.length === 1;
  return to.messages.find((message) => message.name === name) ?? (isOnly ? to.messages[0] : undefined);
}

/** What a message and its traits say of a part; all of it holds. */
function schemasOf({ node, traits }: MessageNode, part: "payload" | "headers" | "key"): Node[] {
  return [node, ...traits].flatMap((from) => {
    const at = part === "key" ? ["bindings", "kafka", "key"] : [part];
    let schema = from;
    for (const token of at) schema = new NodeBelow(schema, token, mapping(schema.value)[token]);
    // Version 3 may say in which language a schema is written.
    const { schemaFormat, schema: inner } = mapping(schema.value);
    if (schemaFormat !== undefined && inner !== undefined) schema = new NodeBelow(schema, "schema", inner);
    return schema.value === undefined ? [] : [schema];
  });
}

function contentTypeOf({ node, traits }: MessageNode): string | undefined {
  return [node, ...traits].map(({ value }) => text(mapping(value).contentType)).find(Boolean);
}

function spotOf({ address, role }: ChannelOperation) {
  return {
    direction: "event",
    operation: `event ${address}`,
    experimental: false,
    usual: role === "sends" ? "forward" : "backward",
  } as const;
}
