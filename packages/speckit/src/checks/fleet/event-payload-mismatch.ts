import type { EventType } from "../../model/contract.ts";
import type { Report } from "../../model/finding.ts";
import type { EventSection } from "../../model/spec.ts";
import type { Channel } from "../../model/workspace.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";

export const eventPayloadMismatch: Check = {
  id: "event-payload-mismatch",
  area: "events",
  severity: "warning",
  title: "Spec and schema agree on what an event carries",
  why: "Whoever reads the one document builds something else than whoever reads the other.",
  fix: "Use the same field names in the spec's payload and in the schema's 'data'.",

  *run({ channels }) {
    for (const channel of channels) {
      for (const { service, section } of channel.producers) {
        const type = newestType(channel, service);
        if (section?.payload && type) yield* compare(section, section.payload, type);
      }
    }
  },
};

/** The last entry is the newest version, which the spec is about. */
function newestType({ types }: Channel, service: string): EventType | undefined {
  return types.findLast((entry) => entry.service === service)?.type;
}

/** One finding an event: a field that was renamed is missing on both sides. */
function* compare(
  { event, at }: EventSection,
  bullets: NonNullable<EventSection["payload"]>,
  { payload, envelope, at: typeAt }: EventType,
): Generator<Report> {
  // A schema without 'data' may describe the data itself; one that says nothing about fields contradicts nothing.
  const fields = payload ?? envelope ?? [];
  const named = bullets.flatMap(({ text, at: place }) => {
    const name = fieldName(text);
    return name === undefined ? [] : [{ name, at: place }];
  });
  if (fields.length === 0 || named.length === 0) return;
  const inSchema = new Set([...fields, ...(envelope ?? [])].map(({ name }) => name));
  const inSpec = new Set(named.map(({ name }) => name));
  const onlySpec = named.filter(({ name }) => !inSchema.has(name));
  const onlySchema = (payload ?? []).filter(({ name, required }) => required && !inSpec.has(name));
  if (onlySpec.length + onlySchema.length === 0) return;
  const sides = [sideOf(onlySpec, "only the spec names"), sideOf(onlySchema, "only the schema requires")];
  yield {
    message: `Spec and schema of '${event}' disagree: ${sides.filter(Boolean).join(", ")}.`,
    at: onlySpec[0]?.at ?? at,
    related: [
      ...onlySpec
        .slice(1)
        .map((field) => ({ message: `'${field.name}' is not in the schema`, at: field.at })),
      {
        message: "the schema",
        at: onlySchema[0]?.at ?? { ...typeAt, pointer: `${typeAt.pointer}/schema` },
      },
    ],
  };
}

function sideOf(fields: readonly { readonly name: string }[], verb: string): string {
  return fields.length === 0 ? "" : `${verb} ${listing(fields.map(({ name }) => `'${name}'`))}`;
}

/** The name at the beginning of `items[].sku` or `orderId (uuid)`; undefined for words that are no field name. */
function fieldName(text: string): string | undefined {
  return /^`?([A-Za-z_$][\w$-]*)`?(?=$|\[|\.|\?|:|\s+[(–—-])/.exec(text.trim())?.[1];
}
