/**
 * The engine where Node is: running services and recorded events held against their contracts, in tests of services and wherever else.
 */
export type { CallableOperation } from "../model/callable-operation.ts";
export type { Finding } from "../model/finding.ts";
export type { HttpAnswer, HttpRequest, RawAnswer } from "../verify/exchange.ts";
export { RecordingUnreadable } from "./recorded-events.ts";
export { type Send, ServerUnreachable } from "./send.ts";
export { UnknownOperation, type VerifiedOperation, type VerifyOptions } from "./verify-operations.ts";
export { type Verification, verifyEvents, verifyService } from "./verify-service.ts";
