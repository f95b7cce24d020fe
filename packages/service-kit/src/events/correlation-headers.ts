import { type Correlation, correlation } from "../telemetry/correlation.ts";

/** What a message carries of the request that caused it; a service that receives it goes on under the same ids. */
export function correlationHeaders(): Record<string, string> {
  const { requestId, traceparent } = correlation.current();
  return { ...(requestId && { "x-request-id": requestId }), ...(traceparent && { traceparent }) };
}

export function correlationOf(headers: Readonly<Record<string, string>>): Correlation {
  return { requestId: headers["x-request-id"], traceparent: headers.traceparent };
}
