export { answer, answerPage } from "./app/answers.ts";
export { buildContractApp, type ContractAppOptions } from "./app/build-contract-app.ts";
export { type Caller, callerOf } from "./app/caller.ts";
export { answerClientError } from "./app/client-error.ts";
export { ContractMismatch } from "./app/contract-routes.ts";
export {
  decodeCursor,
  decodeTimedPlace,
  encodeCursor,
  encodeTimedPlace,
  type TimedPlace,
} from "./app/cursor.ts";
export { authenticate, type CredentialCheck } from "./app/guard.ts";
export type { Handler, Handlers } from "./app/handler.ts";
export { type HealthCheck, healthHandlers } from "./app/health.ts";
export { noConsumer, noHandler } from "./app/no-handler.ts";
export { observeRequests } from "./app/observe-requests.ts";
export {
  Problem,
  type ProblemDetails,
  type ProblemOptions,
  type ProblemPlace,
  problems,
} from "./app/problem.ts";
export { internalError, problemOf, sendProblem } from "./app/problem-answer.ts";
export { requestIdOf } from "./app/request-id.ts";
export { stateOf } from "./app/request-state.ts";
export {
  type Binding,
  type Bus,
  type BusMessage,
  BusUnavailable,
  type DeadLetter,
  type DeadLetters,
  type Delivery,
  Poison,
  Postponed,
  type QueueDepth,
  type Subscription,
  UnknownConsumer,
} from "./bus/bus.ts";
export { openBus, UnknownBus } from "./bus/open-bus.ts";
export type { BusOptions } from "./bus/options.ts";
export { removeRabbitBus } from "./bus/rabbit/remove-rabbit-bus.ts";
export {
  type CallOptions,
  type Client,
  type ClientAnswer,
  type ClientOptions,
  createClient,
} from "./client/client.ts";
export { DependencyUnavailable } from "./client/dependency-unavailable.ts";
export { createTokenCheck, type TokenCheck, type TokenCheckOptions } from "./client/token-check.ts";
export { type Contract, type OpenApiDocument, type Operation, readContract } from "./contract/contract.ts";
export { type Migration, MigrationChanged } from "./database/migration.ts";
export { type Database, type DatabaseOptions, openDatabase } from "./database/open-database.ts";
export { isDatabaseUnavailable } from "./database/unavailable.ts";
export {
  ConsumerMismatch,
  type ConsumersOptions,
  type EventConsumer,
  startConsumers,
} from "./events/consumers.ts";
export {
  type ContractEvent,
  type EventContracts,
  EventContractUnreadable,
  readEventContracts,
  type Validation,
} from "./events/contracts.ts";
export { type DomainEvent, type Envelope, topicOf } from "./events/envelope.ts";
export { BrokenPromise, createOutbox, type Outbox, type OutboxOptions } from "./events/outbox.ts";
export { type Relay, type RelayOptions, startRelay } from "./events/relay.ts";
export { type ArmFault, declareFaultPoints, faultPoint, faultPoints } from "./faults/fault-point.ts";
export type { TroubleDeliveries } from "./faults/trouble-deliveries.ts";
export {
  type Environment,
  EnvironmentError,
  optional,
  optionalNumber,
  required,
  requiredUrl,
} from "./service/environment.ts";
export { type ReadyMessage, runService } from "./service/run-service.ts";
export {
  type BuiltService,
  type RunningService,
  type ServiceOptions,
  type ServiceParts,
  startService,
} from "./service/start-service.ts";
export { type Correlation, correlation } from "./telemetry/correlation.ts";
export { openLogFile } from "./telemetry/log-file.ts";
export { createLogger, type Logger, type LoggerOptions } from "./telemetry/logger.ts";
export { createMetrics, type Metrics } from "./telemetry/metrics.ts";
export { noTracing, startTracing, type TraceSpan, type Tracing } from "./telemetry/tracing.ts";
