import { type Cause, quotes } from "../cause.ts";

const signs = /\bEADDRINUSE\b|address already in use|Address already in use/i;

export const addressInUse: Cause = {
  id: "address-in-use",
  kind: "infrastructure",
  title: "The port is taken by another process",
  why: "Two processes cannot listen at one port: an earlier one still runs, or two services are configured alike.",
  check: "Find it with `ss -ltnp | grep PORT`; end it, or give one of the two another port.",
  find: ({ error }) => quotes(error.text, signs),
};
