import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface SentSpan {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
}

/** Takes the traces that services send by OTLP (https://opentelemetry.io/docs/specs/otlp/#otlphttp). */
export interface Collector {
  readonly endpoint: string;
  readonly spans: readonly SentSpan[];
  /** All that was sent, as it was sent. */
  readonly texts: readonly string[];
  stop(): Promise<void>;
}

interface Traces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly { key: string; value: { stringValue: string } }[] };
    readonly scopeSpans: readonly { readonly spans: readonly { name: string; traceId: string }[] }[];
  }[];
}

export async function startCollector(): Promise<Collector> {
  const spans: SentSpan[] = [];
  const texts: string[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    texts.push(text);
    spans.push(...spansIn(JSON.parse(text)));
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    texts,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function spansIn({ resourceSpans }: Traces): SentSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = resource.attributes.find(({ key }) => key === "service.name")?.value.stringValue ?? "";
    return scopeSpans.flatMap((scope) =>
      scope.spans.map(({ name, traceId }) => ({ service, name, traceId })),
    );
  });
}
