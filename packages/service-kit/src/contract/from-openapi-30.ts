type Schema = Readonly<Record<string, unknown>>;

/** The document as one of OpenAPI 3.1, whose schemas are JSON Schema 2020-12; a newer one as it is. */
export function fromOpenApi30(document: unknown): unknown {
  const { openapi } = (document ?? {}) as { openapi?: unknown };
  if (typeof openapi !== "string" || !openapi.startsWith("3.0")) return document;
  return { ...(upgraded(document) as object), openapi: "3.1.0" };
}

function upgraded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(upgraded);
  if (typeof value !== "object" || value === null) return value;
  const schema = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, upgraded(inner)]));
  return withExclusiveBounds(withNull(schema));
}

/** `nullable` (OpenAPI 3.0, Schema Object) says something only beside a type. */
function withNull(schema: Schema): Schema {
  const { nullable, ...rest } = schema;
  if (nullable !== true || typeof rest.type !== "string") return schema;
  const values = Array.isArray(rest.enum) && !rest.enum.includes(null) ? { enum: [...rest.enum, null] } : {};
  return { ...rest, ...values, type: [rest.type, "null"] };
}

/** Of JSON Schema draft 4, where these are not bounds but say of the bounds that they do not belong. */
function withExclusiveBounds(schema: Schema): Schema {
  const bounds = [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const;
  return bounds.reduce((now: Schema, [bound, exclusive]) => {
    if (typeof now[exclusive] !== "boolean") return now;
    const { [exclusive]: isExclusive, [bound]: limit, ...rest } = now;
    if (typeof limit !== "number") return rest;
    return { ...rest, [isExclusive ? exclusive : bound]: limit };
  }, schema);
}
