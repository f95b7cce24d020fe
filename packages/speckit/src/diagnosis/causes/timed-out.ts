import { type Cause, quotes } from "../cause.ts";

const signs =
  /\bETIMEDOUT\b|\bESOCKETTIMEDOUT\b|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT|TimeoutError|deadline exceeded|SocketTimeoutException|ReadTimeout|ConnectTimeout|ERR_(?:CONNECTION_)?TIMED_OUT|Gateway Time-?out|(?:request|connection|operation|query) timed out|canceling statement due to statement timeout|no answer within|timeout exceeded/i;

export const timedOut: Cause = {
  id: "timed-out",
  kind: "infrastructure",
  title: "An answer did not come in time",
  why: "The other side is slow, overloaded or unreachable behind a firewall. Whether it did what was asked is unknown.",
  check:
    "Measure the quoted call by itself; look at the load and the locks of the other side before making the limit longer.",
  find: ({ error }) => quotes(error.text, signs),
};
