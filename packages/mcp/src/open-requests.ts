import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JSONRPCMessage, RequestId } from "@modelcontextprotocol/sdk/types.js";

/** Watches a connected transport for requests that are not answered yet. */
export class OpenRequests {
  readonly #open = new Set<RequestId>();
  #whenNone: () => void = () => {};

  constructor(transport: Transport) {
    const { onmessage } = transport;
    const send = transport.send.bind(transport);
    transport.onmessage = (message, extra) => {
      this.#received(message);
      onmessage?.(message, extra);
    };
    transport.send = async (message, options) => {
      await send(message, options);
      if (!("method" in message) && message.id !== undefined) this.#closed(message.id);
    };
  }

  /** Holds once all is answered, or when the time is over. */
  async none(withinMs: number): Promise<void> {
    if (this.#open.size === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#whenNone = resolve;
      timer = setTimeout(resolve, withinMs);
    });
    clearTimeout(timer);
  }

  #received(message: JSONRPCMessage): void {
    if (!("method" in message)) return;
    if ("id" in message) this.#open.add(message.id);
    // What was cancelled gets no answer.
    else if (message.method === "notifications/cancelled")
      this.#closed(message.params?.requestId as RequestId);
  }

  #closed(id: RequestId): void {
    this.#open.delete(id);
    if (this.#open.size === 0) this.#whenNone();
  }
}
