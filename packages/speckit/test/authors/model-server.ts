import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

/** What a server got: it is asked again where it had no room. */
export interface Asked {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Record<string, unknown>;
}

export type Reply = (response: ServerResponse, request: IncomingMessage) => void | Promise<void>;

const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing.splice(0)) close();
});

/** A server on this machine that gives one reply after the other, the last one again and again. */
export async function serverWith(...replies: readonly Reply[]) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += String(piece);
    asked.push({
      path: request.url ?? "",
      headers: request.headers,
      body: JSON.parse(body || "{}") as Record<string, unknown>,
    });
    await replies[Math.min(asked.length, replies.length) - 1]?.(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** Events as they are sent over the wire, and how an interface ends an answer. */
export interface Wire {
  /** An answer in pieces, whole. */
  readonly answer: (text: string) => string[];
  /** An answer that ends because it may not be longer. */
  readonly tooLong: (text: string) => string[];
  readonly path: RegExp;
  readonly refusal: (message: string) => object;
}

const event = (value: { readonly type: string }) =>
  `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`;
const data = (value: object) => `data: ${JSON.stringify(value)}\n\n`;
const pieces = (text: string) => text.match(/[\s\S]{1,80}/g) ?? [];

const anthropicEvents = (text: string, stop_reason: string) => [
  event({
    type: "message_start",
    message: {
      id: "m1",
      type: "message",
      role: "assistant",
      model: "claude-x",
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 1000, cache_read_input_tokens: 5000, output_tokens: 1 },
    },
  } as never),
  event({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } } as never),
  event({ type: "ping" }),
  ...pieces(text).map((piece) =>
    event({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text: piece } } as never),
  ),
  event({ type: "content_block_stop", index: 0 } as never),
  event({
    type: "message_delta",
    delta: { stop_reason, stop_sequence: null },
    usage: { output_tokens: 200 },
  } as never),
  event({ type: "message_stop" }),
];

const responsesEvents = (text: string, reason: string | undefined) => {
  const response = { id: "r1", created_at: 1, model: "gpt-x", service_tier: null };
  const usage = {
    input_tokens: 6000,
    input_tokens_details: { cached_tokens: 5000 },
    output_tokens: 200,
    output_tokens_details: { reasoning_tokens: 0 },
  };
  return [
    event({ type: "response.created", response } as never),
    event({
      type: "response.output_item.added",
      output_index: 0,
      item: { type: "message", id: "i1", status: "in_progress", role: "assistant", content: [] },
    } as never),
    ...pieces(text).map((delta) =>
      event({
        type: "response.output_text.delta",
        item_id: "i1",
        output_index: 0,
        content_index: 0,
        delta,
        logprobs: [],
      } as never),
    ),
    event({
      type: "response.output_item.done",
      output_index: 0,
      item: {
        type: "message",
        id: "i1",
        status: "completed",
        role: "assistant",
        content: [{ type: "output_text", text, annotations: [] }],
      },
    } as never),
    event({
      type: reason === undefined ? "response.completed" : "response.incomplete",
      response: { ...response, incomplete_details: reason === undefined ? null : { reason }, usage },
    } as never),
  ];
};

const chatEvents = (text: string, finish_reason: string) => {
  const chunk = { id: "c1", object: "chat.completion.chunk", created: 1, model: "llama" };
  return [
    ...pieces(text).map((content) =>
      data({ ...chunk, choices: [{ index: 0, delta: { role: "assistant", content }, finish_reason: null }] }),
    ),
    data({ ...chunk, choices: [{ index: 0, delta: {}, finish_reason }] }),
    data({
      ...chunk,
      choices: [],
      usage: {
        prompt_tokens: 6000,
        completion_tokens: 200,
        total_tokens: 6200,
        prompt_tokens_details: { cached_tokens: 5000 },
      },
    }),
    "data: [DONE]\n\n",
  ];
};

const googleEvents = (text: string, finishReason: string) => [
  ...pieces(text).map((piece) =>
    data({ candidates: [{ content: { parts: [{ text: piece }], role: "model" }, index: 0 }] }),
  ),
  data({
    candidates: [{ content: { parts: [{ text: "" }], role: "model" }, finishReason, index: 0 }],
    usageMetadata: {
      promptTokenCount: 6000,
      cachedContentTokenCount: 5000,
      candidatesTokenCount: 200,
      totalTokenCount: 6200,
    },
  }),
];

const openAiRefusal = (message: string) => ({
  error: { message, type: "invalid_request_error", code: null, param: null },
});

/** The interfaces of the providers as they are on the wire. */
export const wires = {
  anthropic: {
    answer: (text) => anthropicEvents(text, "end_turn"),
    tooLong: (text) => anthropicEvents(text, "max_tokens"),
    path: /^\/v1\/messages$/,
    refusal: (message) => ({ type: "error", error: { type: "some_error", message } }),
  },
  openai: {
    answer: (text) => responsesEvents(text, undefined),
    tooLong: (text) => responsesEvents(text, "max_output_tokens"),
    path: /^\/v1\/responses$/,
    refusal: openAiRefusal,
  },
  chat: {
    answer: (text) => chatEvents(text, "stop"),
    tooLong: (text) => chatEvents(text, "length"),
    path: /^\/v1\/chat\/completions$/,
    refusal: openAiRefusal,
  },
  google: {
    answer: (text) => googleEvents(text, "STOP"),
    tooLong: (text) => googleEvents(text, "MAX_TOKENS"),
    path: /^\/v1beta\/models\/[^/]+:streamGenerateContent\?alt=sse$/,
    refusal: (message) => ({ error: { code: 400, message, status: "INVALID_ARGUMENT" } }),
  },
} satisfies Readonly<Record<string, Wire>>;

/** Streams events, as a server does that has answered with 200. */
export function streams(events: readonly string[]): Reply {
  return (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const one of events) response.write(one);
    response.end();
  };
}

/** Streams events and breaks the connection. */
export function breaksOff(events: readonly string[]): Reply {
  return async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    await new Promise<void>((resolve) => response.write(events.join(""), () => resolve()));
    response.destroy();
  };
}

/** Streams events and then says no more, until the other side is gone; `onGone` hears of that. */
export function stalls(events: readonly string[], onStall: () => void, onGone: () => void): Reply {
  return async (response, request) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    request.socket.once("close", onGone);
    await new Promise<void>((resolve) => response.write(events.join(""), () => resolve()));
    onStall();
  };
}

export function refuses(
  status: number,
  body: object | string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}
