import { type Cause, quotes } from "../cause.ts";

const signs =
  /\bECONNRESET\b|\bEPIPE\b|socket hang up|UND_ERR_SOCKET|other side closed|connection reset by peer|broken pipe|ERR_CONNECTION_RESET|Connection terminated unexpectedly|unexpected EOF|RemoteDisconnected/i;

export const connectionReset: Cause = {
  id: "connection-reset",
  kind: "infrastructure",
  title: "A connection was cut while it was used",
  why: "The other side ended: it crashed, was restarted, or a proxy between the two gave up. Whether the request had an effect is unknown.",
  check:
    "Look at the other side's log at that moment. Repeat only what is safe to repeat, or has an idempotency key.",
  find: ({ error }) => quotes(error.text, signs),
};
