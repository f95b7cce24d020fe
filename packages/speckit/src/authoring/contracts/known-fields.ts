import { open } from "../setup/plain.ts";

/** A JSON Schema of a property of which only the name is known: what the name does not tell is asked. */
export function schemaOfField(name: string): Record<string, unknown> {
  if (/^e-?mail(?:Address)?$|Email$/i.test(name)) return { type: "string", format: "email" };
  if (/^password$/i.test(name)) return { type: "string", format: "password" };
  if (/(?:^id|Id|ID|_id)$/.test(name)) return { type: "string" };
  if (/(?:^date|Date|At|_at|_date|[tT]imestamp)$/.test(name)) return { type: "string", format: "date-time" };
  if (/(?:^url|Url|URL|_url)$/.test(name)) return { type: "string", format: "uri" };
  if (/^(?:is|has)[A-Z]/.test(name)) return { type: "boolean" };
  return { description: open(`Which type has ${name}?`) };
}
