import { type Cause, quotes } from "../cause.ts";
import { operationText } from "../operation-text.ts";

const signs =
  /must have required property[^\n]*|must (?:be|match|NOT have|have)\b[^\n]*|(?:body|request|payload)[^\n]{0,40}(?:does not match|is invalid|not valid|validation failed)[^\n]*|unknown propert(?:y|ies)[^\n]*|FST_ERR_VALIDATION|ValidationError[^\n]*|Unprocessable (?:Entity|Content)[^\n]*/i;

export const requestInvalid: Cause = {
  id: "request-invalid",
  kind: "contract",
  title: "The caller sent what the contract does not allow",
  why: "The service is right to refuse it; the caller was built for another version of the contract, or takes input that it does not check.",
  check: "Compare what was sent with the operation in the contract; see who calls it with `speckit impact`.",

  find({ error, operations }) {
    if (error.status !== undefined && error.status !== 400 && error.status !== 422) return [];
    const said = quotes(error.text, signs);
    if (said.length === 0) return [];
    return [
      ...said,
      ...operations
        .slice(0, 2)
        .map((one) => ({ text: `the contract of ${operationText(one)}`, at: one.operation.at })),
    ];
  },
};
