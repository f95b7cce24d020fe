import { type Cause, quotes } from "../cause.ts";

const signs =
  /Unexpected (?:token|end of JSON|non-whitespace)[^\n]*|is not valid JSON|JSONDecodeError[^\n]*|JsonParseException|JsonMappingException|invalid character [^\n]* looking for|Unexpected EOF|YAMLException|FST_ERR_CTP_INVALID_JSON_BODY/i;

export const textUnparsable: Cause = {
  id: "text-unparsable",
  kind: "data",
  title: "What came is not in the format that was expected",
  why: "Often an error page, an empty answer or a cut-off text where JSON was expected: the other side failed before.",
  check: "Look at the raw answer and its Content-Type; check the status before the body is read.",
  find: ({ error }) => quotes(error.text, signs),
};
