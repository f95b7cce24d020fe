import type { ApiContract, Operation, ResponseFact } from "../../model/contract.ts";
import type { Report } from "../../model/finding.ts";
import { groupBy } from "../../model/group-by.ts";
import { isOperational, nameOf } from "../../model/operation-purpose.ts";
import type { Check } from "../check.ts";
import { apisOf } from "../contracts/contracts-of.ts";
import { isHabit } from "../contracts/is-habit.ts";
import { listing } from "../listing.ts";
import { principlesOf, statementOf } from "./principles-of.ts";

/** An error response with the operations that answer with it. */
interface ErrorResponse {
  readonly response: ResponseFact;
  readonly operations: readonly Operation[];
}

export const problemDetailsMissing: Check = {
  id: "problem-details-missing",
  area: "principles",
  severity: "warning",
  title: "Every error response has the format that the constitution asks for",
  why: "Consumers handle errors of all services in one place, and cannot read this one.",
  fix: "Describe the response with the media type that the constitution names.",

  *run(workspace) {
    const principles = principlesOf(workspace, "problem-details");
    const [principle] = principles;
    if (!principle) return;
    const wanted = new Set(principles.map(({ mediaType }) => mediaType));
    const related = [statementOf(principle)];
    for (const api of apisOf(workspace)) {
      const isWrong = ({ mediaTypes }: ResponseFact) => !mediaTypes.some((type) => wanted.has(bare(type)));
      const wrong = errorResponses(api, isWrong);
      if (wrong.length === 0) continue;
      const count = errorResponses(api, () => true).length;
      if (isHabit(wrong, { length: count })) yield { ...forAll(wrong, count, principle.mediaType), related };
      else yield* wrong.map((one): Report => ({ ...forOne(one, principle.mediaType), related }));
    }
  },
};

/** A response that operations share is one, however many answer with it. */
function errorResponses(
  { operations }: ApiContract,
  counts: (response: ResponseFact) => boolean,
): ErrorResponse[] {
  const answers = operations.flatMap((operation) => {
    const responses = operation.responses.filter(
      (response) => counts(response) && isError(response, operation),
    );
    return responses.length > 0 && isForConsumers(operation)
      ? responses.map((response) => ({ operation, response }))
      : [];
  });
  return [...groupBy(answers, ({ response: { at } }) => `${at.file}#${at.pointer}`).values()].flatMap(
    (group) => {
      const response = group[0]?.response;
      return response ? [{ response, operations: group.map(({ operation }) => operation) }] : [];
    },
  );
}

function isForConsumers({ webhook, method, path }: Operation): boolean {
  return !webhook && method !== "HEAD" && !isOperational(path);
}

/** Where no success is described, `default` is what success looks like. */
function isError({ status }: ResponseFact, { responses }: Operation): boolean {
  if (status !== "default") return status.startsWith("4") || status.startsWith("5");
  return responses.some((other) => /^[23]/.test(other.status));
}

function bare(mediaType: string): string {
  return mediaType.toLowerCase().replace(/\s*;.*$/, "");
}

function forOne({ response, operations }: ErrorResponse, wanted: string): Report {
  return { message: `${answerOf(operations, response)}, not ${wanted}.`, at: response.at };
}

function answerOf(operations: readonly Operation[], { status, mediaTypes }: ResponseFact): string {
  const how = mediaTypes.length === 0 ? "without a body" : `as ${mediaTypes.join(", ")}`;
  const verb = operations.length === 1 ? "answers" : "answer";
  return `${listing(operations.map(nameOf))} ${verb} ${status} ${how}`;
}

function forAll(wrong: readonly ErrorResponse[], count: number, wanted: string): Report {
  const names = wrong.map(
    ({ response, operations }) => `${listing(operations.slice(0, 1).map(nameOf))} ${response.status}`,
  );
  return {
    message: `${wrong.length} of ${count} error responses are not ${wanted}: ${listing(names)}.`,
    at: wrong[0]?.response.at ?? { file: "", line: 1, column: 1 },
  };
}
