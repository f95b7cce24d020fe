import type { OperationMention } from "../../model/spec.ts";
import type { TextLine } from "./blocks.ts";
import { codeSpans } from "./inline.ts";

const request = /(?<![\p{L}\p{N}])(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE)\s+`?(\/[^\s`,;)|"'*]*)/gu;
/** Any name may be an operationId; whether it is one, the contract of the other service says. */
const identifier = /^[A-Za-z_]\w{2,}$/;

/** The operations that a text names: `POST /api/v1/auth/validate`, or an operationId in a code span. */
export function operationsIn(file: string, { text, line, column }: TextLine): OperationMention[] {
  const requests = Array.from(
    text.matchAll(request),
    (match): OperationMention => ({
      method: match[1],
      path: (match[2] ?? "").replace(/[.:]+$/, ""),
      operationId: undefined,
      at: { file, line, column: column + match.index },
    }),
  );
  const ids = codeSpans(text)
    .filter((span) => identifier.test(span))
    .map(
      (span): OperationMention => ({
        method: undefined,
        path: undefined,
        operationId: span,
        at: { file, line, column: column + text.indexOf(span) },
      }),
    );
  return [...requests, ...ids];
}
