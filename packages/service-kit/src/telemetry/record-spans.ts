import { randomBytes } from "node:crypto";
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-node";
import type { SpanOptions, TraceSpan, Tracing } from "./tracing.ts";

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

/** Records spans and sends them in batches to an OTLP collector. The provider is not global, so services can share a process. */
export function recordSpans(options: { service: string; endpoint: string; share: number }): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${options.endpoint.replace(/\/$/, "")}/v1/traces` });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": options.service }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer("service-kit");

  return {
    start(name, { kind, parent, attributes }) {
      const recorded = parent === undefined ? Math.random() < options.share : isSampled(parent);
      // What is not recorded here is not recorded further on either; the flag says so.
      if (!recorded) return { traceparent: parent ?? unsampled(), end: () => undefined };
      const context =
        parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, contextOf(parent));
      return traced(
        tracer.startSpan(name, { kind: kinds[kind], ...(attributes && { attributes }) }, context),
      );
    },
    stop: () => provider.shutdown(),
  };
}

function traced(span: ReturnType<ReturnType<BasicTracerProvider["getTracer"]>["startSpan"]>): TraceSpan {
  const { traceId, spanId } = span.spanContext();
  return {
    traceparent: `00-${traceId}-${spanId}-01`,
    end({ attributes, error }: { attributes?: SpanOptions["attributes"]; error?: unknown } = {}) {
      if (attributes) span.setAttributes(attributes);
      if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: nameOf(error) });
      span.end();
    },
  };
}

/** The kind of error only: messages carry what people typed. */
const nameOf = (error: unknown) => (error instanceof Error ? error.name : "Error");

const isSampled = (traceparent: string) =>
  (Number.parseInt(traceparent.slice(53), 16) & TraceFlags.SAMPLED) === 1;

const contextOf = (traceparent: string) => ({
  traceId: traceparent.slice(3, 35),
  spanId: traceparent.slice(36, 52),
  traceFlags: TraceFlags.SAMPLED,
  isRemote: true,
});

function unsampled(): string {
  const bytes = randomBytes(24).toString("hex");
  return `00-${bytes.slice(0, 32)}-${bytes.slice(32)}-00`;
}
