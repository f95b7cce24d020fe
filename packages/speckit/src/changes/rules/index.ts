import type { ChangeRule } from "../change.ts";
import { alternativeAdded } from "./alternative-added.ts";
import { alternativeRemoved } from "./alternative-removed.ts";
import { alternativesAdded } from "./alternatives-added.ts";
import { alternativesRemoved } from "./alternatives-removed.ts";
import { basePathRemoved } from "./base-path-removed.ts";
import { becameChoice } from "./became-choice.ts";
import { becameNotNullable } from "./became-not-nullable.ts";
import { becameNullable } from "./became-nullable.ts";
import { becameSingle } from "./became-single.ts";
import { bodyAdded } from "./body-added.ts";
import { bodyBecameOptional } from "./body-became-optional.ts";
import { bodyBecameRequired } from "./body-became-required.ts";
import { bodyRemoved } from "./body-removed.ts";
import { channelAdded } from "./channel-added.ts";
import { channelRemoved } from "./channel-removed.ts";
import { choiceChanged } from "./choice-changed.ts";
import { conditionChanged } from "./condition-changed.ts";
import { constantChanged } from "./constant-changed.ts";
import { constraintAdded } from "./constraint-added.ts";
import { constraintLoosened } from "./constraint-loosened.ts";
import { constraintRemoved } from "./constraint-removed.ts";
import { constraintTightened } from "./constraint-tightened.ts";
import { contentEncodingChanged } from "./content-encoding-changed.ts";
import { defaultChanged } from "./default-changed.ts";
import { dependentRequiredChanged } from "./dependent-required-changed.ts";
import { deprecated } from "./deprecated.ts";
import { deprecationWithdrawn } from "./deprecation-withdrawn.ts";
import { discriminatorChanged } from "./discriminator-changed.ts";
import { enumAdded } from "./enum-added.ts";
import { enumRemoved } from "./enum-removed.ts";
import { enumValueAdded } from "./enum-value-added.ts";
import { enumValueRemoved } from "./enum-value-removed.ts";
import { eventAdded } from "./event-added.ts";
import { eventRemoved } from "./event-removed.ts";
import { eventVersionChanged } from "./event-version-changed.ts";
import { formatChanged } from "./format-changed.ts";
import { mediaTypeAdded } from "./media-type-added.ts";
import { mediaTypeChanged } from "./media-type-changed.ts";
import { mediaTypeRemoved } from "./media-type-removed.ts";
import { messageAdded } from "./message-added.ts";
import { messageRemoved } from "./message-removed.ts";
import { objectClosed } from "./object-closed.ts";
import { objectOpened } from "./object-opened.ts";
import { openValueRemoved } from "./open-value-removed.ts";
import { operationAdded } from "./operation-added.ts";
import { operationIdChanged } from "./operation-id-changed.ts";
import { operationRemoved } from "./operation-removed.ts";
import { parameterAdded } from "./parameter-added.ts";
import { parameterBecameOptional } from "./parameter-became-optional.ts";
import { parameterBecameRequired } from "./parameter-became-required.ts";
import { parameterRemoved } from "./parameter-removed.ts";
import { parameterStyleChanged } from "./parameter-style-changed.ts";
import { patternAdded } from "./pattern-added.ts";
import { patternChanged } from "./pattern-changed.ts";
import { patternRemoved } from "./pattern-removed.ts";
import { positionAdded } from "./position-added.ts";
import { positionRemoved } from "./position-removed.ts";
import { propertyAdded } from "./property-added.ts";
import { propertyBecameOptional } from "./property-became-optional.ts";
import { propertyBecameRequired } from "./property-became-required.ts";
import { propertyBecameUnwritten } from "./property-became-unwritten.ts";
import { propertyBecameWritten } from "./property-became-written.ts";
import { propertyRemoved } from "./property-removed.ts";
import { requiredBodyAdded } from "./required-body-added.ts";
import { requiredParameterAdded } from "./required-parameter-added.ts";
import { requiredPropertyAdded } from "./required-property-added.ts";
import { responseAdded } from "./response-added.ts";
import { responseHeaderAdded } from "./response-header-added.ts";
import { responseHeaderBecameOptional } from "./response-header-became-optional.ts";
import { responseHeaderBecameRequired } from "./response-header-became-required.ts";
import { responseHeaderRemoved } from "./response-header-removed.ts";
import { responseRemoved } from "./response-removed.ts";
import { securityLoosened } from "./security-loosened.ts";
import { securityScopeAdded } from "./security-scope-added.ts";
import { securityTightened } from "./security-tightened.ts";
import { stabilityLowered } from "./stability-lowered.ts";
import { stabilityUnknown } from "./stability-unknown.ts";
import { subschemaAdded } from "./subschema-added.ts";
import { subschemaRemoved } from "./subschema-removed.ts";
import { sunsetEarlier } from "./sunset-earlier.ts";
import { sunsetRemoved } from "./sunset-removed.ts";
import { sunsetUnreadable } from "./sunset-unreadable.ts";
import { typeChanged } from "./type-changed.ts";
import { typeNarrowed } from "./type-narrowed.ts";
import { typeWidened } from "./type-widened.ts";

/** All rules about changes, in alphabetical order. A test holds this list against the folder. */
export const changeRules: readonly ChangeRule[] = [
  alternativeAdded,
  alternativeRemoved,
  alternativesAdded,
  alternativesRemoved,
  basePathRemoved,
  becameChoice,
  becameNotNullable,
  becameNullable,
  becameSingle,
  bodyAdded,
  bodyBecameOptional,
  bodyBecameRequired,
  bodyRemoved,
  channelAdded,
  channelRemoved,
  choiceChanged,
  conditionChanged,
  constantChanged,
  constraintAdded,
  constraintLoosened,
  constraintRemoved,
  constraintTightened,
  contentEncodingChanged,
  defaultChanged,
  dependentRequiredChanged,
  deprecated,
  deprecationWithdrawn,
  discriminatorChanged,
  enumAdded,
  enumRemoved,
  enumValueAdded,
  enumValueRemoved,
  eventAdded,
  eventRemoved,
  eventVersionChanged,
  formatChanged,
  mediaTypeAdded,
  mediaTypeChanged,
  mediaTypeRemoved,
  messageAdded,
  messageRemoved,
  objectClosed,
  objectOpened,
  openValueRemoved,
  operationAdded,
  operationIdChanged,
  operationRemoved,
  parameterAdded,
  parameterBecameOptional,
  parameterBecameRequired,
  parameterRemoved,
  parameterStyleChanged,
  patternAdded,
  patternChanged,
  patternRemoved,
  positionAdded,
  positionRemoved,
  propertyAdded,
  propertyBecameOptional,
  propertyBecameRequired,
  propertyBecameUnwritten,
  propertyBecameWritten,
  propertyRemoved,
  requiredBodyAdded,
  requiredParameterAdded,
  requiredPropertyAdded,
  responseAdded,
  responseHeaderAdded,
  responseHeaderBecameOptional,
  responseHeaderBecameRequired,
  responseHeaderRemoved,
  responseRemoved,
  securityLoosened,
  securityScopeAdded,
  securityTightened,
  stabilityLowered,
  stabilityUnknown,
  subschemaAdded,
  subschemaRemoved,
  sunsetEarlier,
  sunsetRemoved,
  sunsetUnreadable,
  typeChanged,
  typeNarrowed,
  typeWidened,
];
