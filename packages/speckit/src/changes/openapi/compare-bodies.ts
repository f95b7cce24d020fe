import { type Node, placeOf } from "../../parse/references.ts";
import { mapping } from "../../parse/values.ts";
import type { OperationPair } from "./compare-openapi.ts";
import { covers, essence, isTextual, matchMediaTypes, mediaTypesOf } from "./media-types.ts";
import { below, memberOf } from "./operations.ts";

/** The request body: whether there is one, whether it must be sent, in which media types, what is in it. */
export function compareBodies(pair: OperationPair): void {
  const before = memberOf(pair.base, pair.before.node, "requestBody");
  const after = memberOf(pair.revision, pair.after.node, "requestBody");
  const location = "request.body";
  const note = (
    kind: string,
    effect: "narrowed" | "widened" | "none",
    old: unknown,
    now: unknown,
    base: Node,
    revision: Node,
  ) =>
    pair.note(
      {
        kind,
        effect,
        name: "body",
        before: old,
        after: now,
        base: placeOf(base),
        revision: placeOf(revision),
        traits: {},
      },
      "request",
      location,
    );
  const [had, has] = [before.value !== undefined, after.value !== undefined];
  const [wasRequired, required] = [
    mapping(before.value).required === true,
    mapping(after.value).required === true,
  ];
  if (!had && !has) return;
  if (!had) {
    note(
      required ? "required-body-added" : "body-added",
      required ? "narrowed" : "widened",
      null,
      required ? "required" : "optional",
      pair.before.node,
      after,
    );
    return;
  }
  if (!has) {
    note("body-removed", "narrowed", "body", null, before, pair.after.node);
    return;
  }
  if (!wasRequired && required) note("body-became-required", "narrowed", null, "required", before, after);
  if (wasRequired && !required) note("body-became-optional", "widened", "required", null, before, after);
  compareContent(pair, below(before, "content"), below(after, "content"), "request", location);
}

/** Media types and their schemas, of a request or a response. */
export function compareContent(
  pair: OperationPair,
  before: Node,
  after: Node,
  part: "request" | "response",
  location: string,
): void {
  const { matched, removed, added } = matchMediaTypes(mediaTypesOf(before), mediaTypesOf(after));
  for (const { name, node } of removed) {
    pair.note(
      {
        kind: "media-type-removed",
        effect: "narrowed",
        name,
        before: name,
        after: null,
        base: placeOf(node),
        revision: placeOf(after),
        traits: {},
      },
      part,
      location,
    );
  }
  for (const { name, node } of added) {
    pair.note(
      {
        kind: "media-type-added",
        effect: "widened",
        name,
        before: null,
        after: name,
        base: placeOf(before),
        revision: placeOf(node),
        traits: {},
      },
      part,
      location,
    );
  }
  for (const { before: old, after: now } of matched) {
    const [a, b] = [essence(old.name), essence(now.name)];
    if (a !== b) {
      const effect = covers(a, b) ? "narrowed" : "widened";
      pair.note(
        {
          kind: "media-type-changed",
          effect,
          name: now.name,
          before: old.name,
          after: now.name,
          base: placeOf(old.node),
          revision: placeOf(now.node),
          traits: {},
        },
        part,
        location,
      );
    }
    const form = { textual: isTextual(old.name) && isTextual(now.name), parameter: undefined };
    // A stream, as OpenAPI 3.2 describes it, has a schema of its items.
    for (const [keyword, step] of [
      ["schema", ""],
      ["itemSchema", "[]"],
    ] as const) {
      const [oldSchema, newSchema] = [below(old.node, keyword), below(now.node, keyword)];
      if (oldSchema.value === undefined && newSchema.value === undefined) continue;
      pair.schemas([oldSchema], [newSchema], part, location + step, form);
    }
  }
}
