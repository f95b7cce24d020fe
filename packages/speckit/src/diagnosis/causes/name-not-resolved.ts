import { type Cause, quotes } from "../cause.ts";

const signs =
  /\bENOTFOUND\b|\bEAI_AGAIN\b|\bEAI_NONAME\b|getaddrinfo|no such host|UnknownHostException|Name or service not known|Temporary failure in name resolution|NameResolutionError|ERR_NAME_NOT_RESOLVED/;

export const nameNotResolved: Cause = {
  id: "name-not-resolved",
  kind: "infrastructure",
  title: "The name of a host is not known",
  why: "Nothing was sent: the address in the configuration is misspelt, belongs to another environment, or the name service is down.",
  check:
    "Resolve the quoted name where the process runs: `getent hosts NAME`. Compare it with the service's environment.",
  find: ({ error }) => quotes(error.text, signs),
};
