import { stripVTControlCharacters } from "node:util";
import type { TokensUsed } from "../../authoring/author.ts";
import { isObject, type Json, number, object, reasonOf, text, textOf } from "./event-fields.ts";

/** What a line of an agent's output means to us. A line may mean several things, or none. */
export interface AgentEvent {
  /** Is being written: for whoever watches. */
  readonly shown?: string;
  /** Part of the answer, right behind what came before. */
  readonly piece?: string;
  /** A message of its own; as part of the answer it stands apart from others. */
  readonly message?: string;
  /** The answer as a whole, which some agents repeat in the end: counts when nothing else came. */
  readonly result?: string;
  /** Tokens of this step. */
  readonly step?: TokensUsed;
  /** Tokens of everything until now. */
  readonly total?: TokensUsed;
  /** The agent says that it failed, and why. */
  readonly failed?: string;
}

/** How an agent reports what it does: each line of its output as events. Lines that say nothing to us give none. */
export type ReadEvents = (line: string) => readonly AgentEvent[];

export type OutputFormat =
  | "claude"
  | "codex"
  | "copilot"
  | "gemini"
  | "goose"
  | "kimi"
  | "opencode"
  | "pi"
  | "text";

/** Usage as Anthropic counts it: what is read from a cache stands beside what is not. */
function anthropicUsage(usage: unknown): TokensUsed {
  const { input_tokens, cache_creation_input_tokens, output_tokens } = object(usage);
  return { input: number(input_tokens) + number(cache_creation_input_tokens), output: number(output_tokens) };
}

/** Claude Code, and agents that write the same: https://code.claude.com/docs/en/headless. */
function claude(event: Json): AgentEvent[] {
  switch (event.type) {
    case "stream_event":
      return claudePiece(object(event.event));
    case "assistant":
      // A helper that the agent started answers the agent, not us.
      return text(event.parent_tool_use_id) === ""
        ? [{ message: textOf(object(event.message).content) }]
        : [];
    case "result": {
      const { is_error, subtype, result, usage, error, errors } = event;
      const said =
        text(result) || reasonOf(error ?? (Array.isArray(errors) ? errors[0] : undefined), text(subtype));
      return is_error === true || text(subtype).startsWith("error")
        ? [{ total: anthropicUsage(usage) }, { failed: said }]
        : [{ total: anthropicUsage(usage) }, { result: text(result) }];
    }
    default:
      return [];
  }
}

/** Pieces of a message as the Messages API streams them; what was read comes first, what was written last. */
function claudePiece({ type, delta, message, usage }: Json): AgentEvent[] {
  if (type === "message_start") return [{ step: { ...anthropicUsage(object(message).usage), output: 0 } }];
  if (type === "message_delta") return [{ step: { input: 0, output: number(object(usage).output_tokens) } }];
  return [{ shown: text(object(delta).text) }];
}

/** https://developers.openai.com/codex/noninteractive */
function codex(event: Json): AgentEvent[] {
  const item = object(event.item);
  switch (event.type) {
    case "item.completed":
      return item.type === "agent_message" ? [{ message: text(item.text), shown: text(item.text) }] : [];
    case "turn.completed": {
      const { input_tokens, cached_input_tokens, output_tokens } = object(event.usage);
      const input = number(input_tokens) - number(cached_input_tokens);
      return [{ step: { input, output: number(output_tokens) } }];
    }
    case "turn.failed":
      return [{ failed: reasonOf(event.error) }];
    case "error":
      // Codex tells of each reconnection this way, and goes on; older ones write "stream error: …; retrying 1/5".
      return /^reconnecting|\bretrying\b/i.test(text(event.message)) ? [] : [{ failed: reasonOf(event) }];
    default:
      return [];
  }
}

/** https://geminicli.com/docs/cli/headless */
function gemini(event: Json): AgentEvent[] {
  switch (event.type) {
    case "message": {
      if (event.role !== "assistant") return [];
      const content = text(event.content);
      return [
        event.delta === true ? { piece: content, shown: content } : { message: content, shown: content },
      ];
    }
    case "tool_use":
      return [{ message: "" }];
    case "error":
      return event.severity === "error" ? [{ failed: reasonOf(event) }] : [];
    case "result": {
      const { input_tokens, output_tokens, cached } = object(event.stats);
      const total = { input: number(input_tokens) - number(cached), output: number(output_tokens) };
      return event.status === "error" ? [{ total }, { failed: reasonOf(event.error) }] : [{ total }];
    }
    default:
      return [];
  }
}

/** https://docs.github.com/copilot/reference/copilot-cli-reference/cli-programmatic-reference */
function copilot(event: Json): AgentEvent[] {
  const data = object(event.data);
  switch (event.type) {
    case "assistant.message_delta":
      return [{ shown: text(data.deltaContent) }];
    case "assistant.message":
      return [{ message: textOf(data.content), step: { input: 0, output: number(data.outputTokens) } }];
    case "assistant.usage":
      return [{ step: { input: number(data.inputTokens), output: 0 } }];
    case "session.error":
      return [{ failed: reasonOf(data) }];
    default:
      return [];
  }
}

/** https://block.github.io/goose: `goose run --output-format stream-json` */
function goose(event: Json): AgentEvent[] {
  switch (event.type) {
    case "message": {
      const { role, content } = object(event.message);
      const said = role === "assistant" ? textOf(content) : "";
      // What a tool was asked or has answered ends a message.
      return said === "" && hasTool(content) ? [{ message: "" }] : [{ piece: said, shown: said }];
    }
    case "error":
      return [{ failed: reasonOf(event.error) }];
    case "complete": {
      const { input_tokens, output_tokens, cache_read_input_tokens } = event;
      return [
        {
          total: {
            input: number(input_tokens) - number(cache_read_input_tokens),
            output: number(output_tokens),
          },
        },
      ];
    }
    default:
      return [];
  }
}

function hasTool(content: unknown): boolean {
  return Array.isArray(content) && content.some((part) => /^tool/i.test(text(object(part).type)));
}

/** https://moonshotai.github.io/kimi-cli: a line is a message. */
function kimi(event: Json): AgentEvent[] {
  const said = event.role === "assistant" ? textOf(event.content) : "";
  return said === "" ? [] : [{ message: said, shown: said }];
}

/** https://opencode.ai/docs/cli: `opencode run --format json` */
function opencode(event: Json): AgentEvent[] {
  const part = object(event.part);
  switch (event.type) {
    case "text":
      return [{ message: text(part.text), shown: text(part.text) }];
    case "step_finish": {
      const { input, output, reasoning, cache } = object(part.tokens);
      return [
        {
          step: {
            input: number(input) + number(object(cache).write),
            output: number(output) + number(reasoning),
          },
        },
      ];
    }
    case "error":
      return [{ failed: reasonOf(event.error) }];
    default:
      return [];
  }
}

/** https://github.com/earendil-works/pi: `pi --mode json` */
function pi(event: Json): AgentEvent[] {
  if (event.type === "message_update") return [{ shown: text(object(event.assistantMessageEvent).delta) }];
  const { role, content, usage, stopReason, errorMessage } = object(event.message);
  if (event.type !== "message_end" || role !== "assistant") return [];
  const { input, output, cacheWrite } = object(usage);
  const step = { input: number(input) + number(cacheWrite), output: number(output) };
  return [
    { message: textOf(content), step },
    ...(stopReason === "error" ? [{ failed: reasonOf(errorMessage) }] : []),
  ];
}

const readers: Readonly<Record<Exclude<OutputFormat, "text">, (event: Json) => AgentEvent[]>> = {
  claude,
  codex,
  copilot,
  gemini,
  goose,
  kimi,
  opencode,
  pi,
};

/** Reads the output of an agent line by line; what is no JSON among lines that should be is a note for people, and no part of the answer. */
export function eventReader(format: OutputFormat): ReadEvents {
  if (format === "text")
    return (line) => {
      // Some colour what they print, whoever reads it.
      const plain = `${stripVTControlCharacters(line)}\n`;
      return [{ piece: plain, shown: plain }];
    };
  const read = readers[format];
  return (line) => {
    const event = parsed(line);
    return event ? read(event) : [];
  };
}

function parsed(line: string): Json | undefined {
  if (!line.trimStart().startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
