import type { Check } from "../check.ts";
import { contractInvalid } from "./contract-invalid.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { unknownConfigKey } from "./unknown-config-key.ts";
import { unreadableFile } from "./unreadable-file.ts";
import { unresolvedReference } from "./unresolved-reference.ts";

/** Checks whose work is done while a file is parsed, in alphabetical order. A test holds this list against the folder. */
export const readingChecks: readonly Check[] = [
  contractInvalid,
  duplicateKey,
  unknownConfigKey,
  unreadableFile,
  unresolvedReference,
];
