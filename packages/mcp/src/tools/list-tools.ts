import type { Tool as ListedTool } from "@modelcontextprotocol/sdk/types.js";
import { tools } from "./index.ts";
import { LEAST_TOKENS, MOST_TOKENS, type Tool } from "./tool.ts";

/** The tools as clients are told of them. Every token of it is in the context of every session, so it says nothing twice. */
export function listTools(): ListedTool[] {
  return tools.map((tool) => ({
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: inputSchema(tool),
    ...(tool.data === undefined ? {} : { outputSchema: tool.data.schema as ListedTool["outputSchema"] }),
    // What is kept in the cache changes no answer; only what `analyze` calls new depends on what was asked before.
    annotations: tool.remembers
      ? { readOnlyHint: false, destructiveHint: false, openWorldHint: false }
      : { readOnlyHint: true, openWorldHint: false },
  }));
}

export function inputSchema({ arguments: properties, required }: Tool): ListedTool["inputSchema"] {
  return {
    type: "object",
    properties: {
      ...properties,
      maxTokens: { type: "integer", minimum: LEAST_TOKENS, maximum: MOST_TOKENS },
    },
    ...(required === undefined ? {} : { required: [...required] }),
    additionalProperties: false,
  };
}
