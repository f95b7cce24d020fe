import { type Cause, quotes } from "../cause.ts";

const signs =
  /\bECONNREFUSED\b|Connection refused|connect: connection refused|ERR_CONNECTION_REFUSED|NewConnectionError|actively refused/i;

export const connectionRefused: Cause = {
  id: "connection-refused",
  kind: "infrastructure",
  title: "Nothing listens at the address that was called",
  why: "The machine was reached and turned the call away: the process there is not started, has crashed, or listens at another port.",
  check:
    "Is the service at the quoted address running and ready? Call its `/health/ready`; compare the port with the caller's environment.",
  find: ({ error }) => quotes(error.text, signs),
};
