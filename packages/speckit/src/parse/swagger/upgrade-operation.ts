import { joinPointer, valueAt } from "../pointer.ts";
import { decodeReference } from "../references.ts";
import { isMapping, list, type Mapping, mapping, strings, text } from "../values.ts";
import type { Origins } from "./origins.ts";
import { schemaOf, upgradeParameter } from "./upgrade-parameters.ts";
import { upgradeResponse } from "./upgrade-responses.ts";

interface Surroundings {
  /** Pointer of the operation. */
  readonly at: string;
  /** Parameters of the whole path, and where they stand. */
  readonly shared: readonly unknown[];
  readonly sharedAt: string;
  readonly root: Mapping;
  readonly consumes: readonly string[];
  readonly produces: readonly string[];
}

interface Placed {
  /** As it is written, maybe a `$ref`. */
  readonly written: unknown;
  /** With a `$ref` to this document's `parameters` followed. */
  readonly value: Mapping;
  readonly origin: string;
}

/** An operation: parameters in the body become its request body, media types move to the schemas that they are for. */
export function upgradeOperation(operation: Mapping, surroundings: Surroundings, origins: Origins): Mapping {
  const { at, shared, sharedAt, root } = surroundings;
  const { consumes, produces, parameters, responses, ...rest } = operation;
  const own = place(list(parameters), `${at}/parameters`, root);
  const inherited = place(shared, sharedAt, root).filter(
    ({ value }) => !own.some((other) => other.value.name === value.name && other.value.in === value.in),
  );
  const all = [...own, ...inherited];
  const outside = all.filter(({ value }) => value.in !== "body" && value.in !== "formData");
  const accepted = Array.isArray(consumes) ? strings(consumes) : surroundings.consumes;
  const given = Array.isArray(produces) ? strings(produces) : surroundings.produces;
  const body = bodyOf(all, accepted, `${at}/requestBody`, origins);
  return {
    ...rest,
    ...(outside.length === 0
      ? {}
      : {
          parameters: outside.map(({ written, origin }, index) =>
            upgradeParameter(written, `${at}/parameters/${index}`, origin, origins),
          ),
        }),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: Object.fromEntries(
      Object.entries(mapping(responses)).map(([status, response]) => [
        status,
        upgradeResponse(response, joinPointer(`${at}/responses`, status), given, origins),
      ]),
    ),
  };
}

function place(parameters: readonly unknown[], at: string, root: Mapping): Placed[] {
  return parameters.map((written, index) => {
    const ref = text(mapping(written).$ref);
    const pointer = ref?.startsWith("#/") ? decodeReference(ref.slice(1)) : undefined;
    const target = pointer === undefined ? undefined : valueAt(root, pointer);
    return isMapping(target) && pointer !== undefined
      ? { written, value: target, origin: pointer }
      : { written, value: mapping(written), origin: `${at}/${index}` };
  });
}

function bodyOf(
  parameters: readonly Placed[],
  accepted: readonly string[],
  at: string,
  origins: Origins,
): Mapping | undefined {
  const body = parameters.find(({ value }) => value.in === "body");
  if (body) {
    origins.add(at, body.origin);
    const types = accepted.length > 0 ? accepted : ["application/json"];
    for (const type of types) {
      const place = joinPointer(at, "content", type);
      origins.add(place, body.origin);
      origins.add(`${place}/schema`, `${body.origin}/schema`);
    }
    const { required, description, schema } = body.value;
    return { required, description, content: Object.fromEntries(types.map((type) => [type, { schema }])) };
  }
  const fields = parameters.filter(({ value }) => value.in === "formData");
  return fields.length > 0 ? formOf(fields, accepted, at, origins) : undefined;
}

function formOf(
  fields: readonly Placed[],
  accepted: readonly string[],
  at: string,
  origins: Origins,
): Mapping {
  const hasFile = fields.some(({ value }) => value.type === "file");
  const forms = accepted.filter((type) => /^(?:multipart\/|application\/x-www-form-urlencoded)/i.test(type));
  const usual = hasFile ? "multipart/form-data" : "application/x-www-form-urlencoded";
  const types = forms.length > 0 ? forms : [usual];
  const required = fields.filter(({ value }) => value.required === true);
  const schema = {
    type: "object",
    properties: Object.fromEntries(fields.map(({ value }) => [text(value.name) ?? "", schemaOf(value)])),
    ...(required.length > 0 ? { required: required.map(({ value }) => text(value.name) ?? "") } : {}),
  };
  for (const type of types) {
    const place = joinPointer(at, "content", type, "schema");
    origins.add(place, fields[0]?.origin ?? at);
    for (const { value, origin } of fields)
      origins.add(joinPointer(place, "properties", text(value.name) ?? ""), origin);
    required.forEach(({ origin }, index) => {
      origins.add(`${place}/required/${index}`, origin);
    });
    origins.add(`${place}/required`, required[0]?.origin ?? at);
  }
  return {
    required: required.length > 0,
    content: Object.fromEntries(types.map((type) => [type, { schema }])),
  };
}
