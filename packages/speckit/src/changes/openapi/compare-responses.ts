import { type Node, placeOf } from "../../parse/references.ts";
import { mapping } from "../../parse/values.ts";
import { compareContent } from "./compare-bodies.ts";
import type { OperationPair } from "./compare-openapi.ts";
import { compareLifecycle } from "./lifecycle.ts";
import { below, memberOf } from "./operations.ts";

/** Status codes, headers and bodies of the answers. */
export function compareResponses(pair: OperationPair): void {
  const before = below(pair.before.node, "responses");
  const after = below(pair.after.node, "responses");
  const old = statusesOf(before);
  const now = statusesOf(after);
  for (const status of old) {
    if (!now.has(status)) noteStatus(pair, "response-removed", status, below(before, status), after);
    else
      compareResponse(
        pair,
        status,
        memberOf(pair.base, before, status),
        memberOf(pair.revision, after, status),
      );
  }
  for (const status of now) {
    if (!old.has(status)) noteStatus(pair, "response-added", status, before, below(after, status));
  }
}

function statusesOf({ value }: Node): Set<string> {
  return new Set(Object.keys(mapping(value)).filter((status) => !status.startsWith("x-")));
}

function noteStatus(
  pair: OperationPair,
  kind: "response-removed" | "response-added",
  status: string,
  base: Node,
  revision: Node,
): void {
  const gone = kind === "response-removed";
  pair.note(
    {
      kind,
      effect: "none",
      name: status,
      before: gone ? status : null,
      after: gone ? null : status,
      base: placeOf(base),
      revision: placeOf(revision),
      traits: { status },
    },
    "response",
    `response.${status}`,
  );
}

function compareResponse(pair: OperationPair, status: string, before: Node, after: Node): void {
  compareHeaders(pair, status, below(before, "headers"), below(after, "headers"));
  compareContent(
    pair,
    below(before, "content"),
    below(after, "content"),
    "response",
    `response.${status}.body`,
  );
}

function compareHeaders(pair: OperationPair, status: string, before: Node, after: Node): void {
  const old = headersOf(before);
  const now = headersOf(after);
  for (const [key, name] of old) {
    const counterpart = now.get(key);
    const header = memberOf(pair.base, before, name);
    const location = `response.${status}.header.${name}`;
    if (counterpart === undefined) {
      const required = mapping(header.value).required === true;
      const traits = { required, status };
      pair.note(
        {
          kind: "response-header-removed",
          effect: required ? "widened" : "none",
          name,
          before: name,
          after: null,
          base: placeOf(header),
          revision: placeOf(after),
          traits,
        },
        "response",
        location,
      );
      continue;
    }
    compareHeader(pair, status, counterpart, header, memberOf(pair.revision, after, counterpart));
  }
  for (const [key, name] of now) {
    if (old.has(key)) continue;
    const header = memberOf(pair.revision, after, name);
    pair.note(
      {
        kind: "response-header-added",
        effect: "none",
        name,
        before: null,
        after: name,
        base: placeOf(before),
        revision: placeOf(header),
        traits: { status },
      },
      "response",
      `response.${status}.header.${name}`,
    );
  }
}

function compareHeader(pair: OperationPair, status: string, name: string, before: Node, after: Node): void {
  const location = `response.${status}.header.${name}`;
  const [wasRequired, required] = [
    mapping(before.value).required === true,
    mapping(after.value).required === true,
  ];
  if (wasRequired !== required) {
    const kind = required ? "response-header-became-required" : "response-header-became-optional";
    const effect = required ? "narrowed" : "widened";
    pair.note(
      {
        kind,
        effect,
        name,
        before: wasRequired ? "required" : null,
        after: required ? "required" : null,
        base: placeOf(before),
        revision: placeOf(after),
        traits: { status },
      },
      "response",
      location,
    );
  }
  for (const fact of compareLifecycle(before, after, name, pair.today)) pair.note(fact, "response", location);
  pair.schemas([below(before, "schema")], [below(after, "schema")], "response", location, {
    textual: true,
    parameter: undefined,
  });
}

/** Names of headers as written, by what they are on the wire, where case says nothing. */
function headersOf(headers: Node): Map<string, string> {
  // A response header of this name is described by the media type instead, says the specification.
  const names = Object.keys(mapping(headers.value)).filter((name) => name.toLowerCase() !== "content-type");
  return new Map(names.map((name) => [name.toLowerCase(), name]));
}
