import { type Cause, quotes } from "../cause.ts";

const signs =
  /CERT_HAS_EXPIRED|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)|ERR_TLS_\w+|SSLHandshakeException|CERTIFICATE_VERIFY_FAILED|x509: |certificate (?:has expired|verify failed|is not trusted)|EPROTO|wrong version number|ERR_CERT_\w+|tls: /;

export const tlsFailed: Cause = {
  id: "tls-failed",
  kind: "infrastructure",
  title: "The two sides do not agree on a secure connection",
  why: "A certificate has expired, is signed by somebody unknown, or names another host. Nothing was sent.",
  check:
    "Show the certificate: `openssl s_client -connect HOST:PORT -servername HOST </dev/null | openssl x509 -noout -dates -subject -issuer`.",
  find: ({ error }) => quotes(error.text, signs),
};
