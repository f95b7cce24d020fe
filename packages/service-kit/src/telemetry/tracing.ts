/** Spans of one service. Without an endpoint nothing is recorded, and `traceparent` is only handed on. */
export interface Tracing {
  /** Begins a span below `parent` (a `traceparent` of a request or message), or a new trace without one. */
  start(name: string, options: SpanOptions): TraceSpan;
  /** Sends what is still to be sent. */
  stop(): Promise<void>;
}

export interface SpanOptions {
  readonly kind: "server" | "client" | "producer" | "consumer";
  readonly parent?: string | undefined;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

export interface TraceSpan {
  /** To hand on to what is called or published. */
  readonly traceparent: string | undefined;
  end(outcome?: { readonly attributes?: SpanOptions["attributes"]; readonly error?: unknown }): void;
}

// W3C Trace Context, version 00; an all-zero trace or parent id is invalid.
const traceparentForm = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The text when it is a `traceparent`, else undefined: what strangers send is not handed on unread. */
export function readTraceparent(text: unknown): string | undefined {
  return typeof text === "string" && traceparentForm.test(text) ? text : undefined;
}

/** Hands `traceparent` on and records nothing. */
export const noTracing: Tracing = {
  start: (_, { parent }) => (parent === undefined ? nothing : { traceparent: parent, end: () => undefined }),
  stop: async () => undefined,
};

const nothing: TraceSpan = { traceparent: undefined, end: () => undefined };

export interface TracingOptions {
  readonly service: string;
  /** Base address of an OTLP collector (`http://jaeger:4318`); without it nothing is recorded. */
  readonly endpoint?: string | undefined;
  /** Share of the traces that begin here and are recorded; a tenth unless said otherwise. */
  readonly share?: number;
}

/**
 * Starts recording a tenth of the traces, chosen where they begin; recording all of them halves what a service gets done. OpenTelemetry is
 * loaded only when there is an endpoint.
 */
export async function startTracing({ service, endpoint, share = 0.1 }: TracingOptions): Promise<Tracing> {
  if (!endpoint) return noTracing;
  const { recordSpans } = await import("./record-spans.ts");
  return recordSpans({ service, endpoint, share });
}
