import type { Principle, Statement } from "../model/constitution.ts";
import { authentication } from "./principles/authentication.ts";
import { eventNaming } from "./principles/event-naming.ts";
import { healthChecks } from "./principles/health-checks.ts";
import { openApiRequired } from "./principles/openapi-required.ts";
import { ownDatabase } from "./principles/own-database.ts";
import { pathVersion } from "./principles/path-version.ts";
import { problemDetails } from "./principles/problem-details.ts";
import { technologies } from "./principles/technologies.ts";

const readers: readonly ((statement: Statement) => Principle | undefined)[] = [
  pathVersion,
  eventNaming,
  problemDetails,
  healthChecks,
  ownDatabase,
  openApiRequired,
  authentication,
];

/** The readers look for words anywhere in a sentence; what is longer than this is data, not a sentence. */
const LONGEST_STATEMENT = 4000;

/** Why a rule is there, and lists to tick off, demand nothing themselves. */
const isRemark = /^\W*(?:rationale|reason|why|note)\b\W|^\[[ x]\]/i;

/**
 * Recognises the statements of a constitution that rules can enforce, with the parameters found in their text. A statement may be several
 * principles, or none: then it is advice. Never throws.
 */
export function classifyPrinciples(statements: readonly Statement[]): Principle[] {
  return statements
    .filter(({ text }) => text.length <= LONGEST_STATEMENT && !isRemark.test(text))
    .flatMap((statement) => [
      ...readers.flatMap((read) => read(statement) ?? []),
      ...technologies(statement),
    ]);
}
