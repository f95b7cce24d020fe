import type { CallableOperation } from "../model/callable-operation.ts";
import type { Report, Severity } from "../model/finding.ts";
import { groupBy } from "../model/group-by.ts";
import type { Place } from "../model/location.ts";
import { type ContractRequest, type Exchange, plainAnswer, type RawAnswer } from "./exchange.ts";
import type { AnswerReport, AnswerRule } from "./rules/answer-rule.ts";
import { answerRules } from "./rules/index.ts";

/** What a rule says about the answers of one operation. */
export interface AnswerVerdict {
  readonly rule: AnswerRule;
  readonly report: Report;
}

/**
 * Holds the exchanges of one operation against its contract. What is wrong in the same way with several answers is said once, with the first of the
 * requests that it was the answer to.
 */
export function judgeExchanges(
  exchanges: readonly Exchange[],
  rules: readonly AnswerRule[] = answerRules,
): AnswerVerdict[] {
  return rules.flatMap((rule) => {
    const groups = groupBy(rule.run(exchanges), ({ key, message, at, severity }) =>
      JSON.stringify([key ?? message, at, severity]),
    );
    return [...groups.values()].map((reports) => ({ rule, report: together(reports) }));
  });
}

function together(reports: readonly AnswerReport[]): Report {
  const [first = { message: "", at: { file: "", pointer: "" } }] = reports;
  const { request, key: _, ...report } = first;
  const more = reports.length > 1 ? `; and to ${reports.length - 1} more` : "";
  return {
    ...report,
    message: `${report.message}${request === undefined ? "" : ` (${addressed(request)}${more})`}.`,
  };
}

function addressed({ kind, title }: ContractRequest): string {
  return `to ${kind === "invalid" ? "an invalid request" : "a valid request"}: ${title}`;
}

/** What is wrong with one answer, in the words of a finding. */
export interface Judgement {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Place;
  readonly why: string;
  readonly fix: string;
}

/**
 * Holds one answer against the contract; with the request that it is the answer to, also whether it should have been accepted. Empty when nothing is
 * wrong.
 */
export function judgeAnswer(
  operation: CallableOperation,
  answer: RawAnswer,
  request?: ContractRequest,
): Judgement[] {
  return judgeExchanges([{ operation, request, answer: plainAnswer(answer) }])
    .filter(({ rule }) => rule.id !== "operation-unreached")
    .map(({ rule, report }) => ({
      rule: rule.id,
      severity: report.severity ?? rule.severity,
      message: report.message,
      at: report.at,
      why: rule.why,
      fix: report.fix ?? rule.fix,
    }));
}
