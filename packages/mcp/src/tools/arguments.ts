import type { JsonSchemaType } from "@modelcontextprotocol/sdk/validation";
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv";
import { inputSchema } from "./list-tools.ts";
import type { Tool } from "./tool.ts";

const validator = new AjvJsonSchemaValidator();

/** What is wrong with the arguments of a call, in a sentence that an agent can act on; undefined when nothing is. */
export function wrongArguments(tool: Tool, args: Readonly<Record<string, unknown>>): string | undefined {
  const schema = inputSchema(tool);
  const known = Object.keys(schema.properties ?? {});
  const unknown = Object.keys(args).filter((name) => !known.includes(name));
  const { valid, errorMessage } = validator.getValidator(schema as JsonSchemaType)(args);
  if (valid) return undefined;
  const wrong =
    unknown.length > 0
      ? `it has no argument ${unknown.map((name) => `'${name}'`).join(", ")}`
      : errorMessage.replace(/^data\//, "").replace(/^data /, "the call ");
  return `${tool.name}: ${wrong}. Its arguments: ${known.join(", ")}.`;
}
