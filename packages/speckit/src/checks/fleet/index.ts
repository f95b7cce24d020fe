import type { Check } from "../check.ts";
import { boundaryClaimedTwice } from "./boundary-claimed-twice.ts";
import { boundaryUnclaimed } from "./boundary-unclaimed.ts";
import { circularDependency } from "./circular-dependency.ts";
import { consumerUndeclared } from "./consumer-undeclared.ts";
import { consumerUnlisted } from "./consumer-unlisted.ts";
import { contractCopyDrifted } from "./contract-copy-drifted.ts";
import { dependentUndeclared } from "./dependent-undeclared.ts";
import { dependentUnlisted } from "./dependent-unlisted.ts";
import { entityOwnedTwice } from "./entity-owned-twice.ts";
import { eventMissingFromContract } from "./event-missing-from-contract.ts";
import { eventMissingFromSpec } from "./event-missing-from-spec.ts";
import { eventNotPublished } from "./event-not-published.ts";
import { eventPayloadMismatch } from "./event-payload-mismatch.ts";
import { eventTopicMismatch } from "./event-topic-mismatch.ts";
import { eventWithoutConsumer } from "./event-without-consumer.ts";
import { notYetImplemented } from "./not-yet-implemented.ts";
import { pointOfViewUnstated } from "./point-of-view-unstated.ts";
import { serviceNameMismatch } from "./service-name-mismatch.ts";
import { unknownOperation } from "./unknown-operation.ts";
import { unknownService } from "./unknown-service.ts";

/** Checks of all services together, in alphabetical order. A test holds this list against the folder. */
export const fleetChecks: readonly Check[] = [
  boundaryClaimedTwice,
  boundaryUnclaimed,
  circularDependency,
  consumerUndeclared,
  consumerUnlisted,
  contractCopyDrifted,
  dependentUndeclared,
  dependentUnlisted,
  entityOwnedTwice,
  eventMissingFromContract,
  eventMissingFromSpec,
  eventNotPublished,
  eventPayloadMismatch,
  eventTopicMismatch,
  eventWithoutConsumer,
  notYetImplemented,
  pointOfViewUnstated,
  serviceNameMismatch,
  unknownOperation,
  unknownService,
];
