// Classes 08 (connection), 57P (shut down, starting up) and 53300 (too many connections): PostgreSQL, Appendix A, Error Codes.
const states = /^(?:08...|57P..|53300)$/;
const networkCodes = /^(?:ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/;
// What `pg` throws without a code.
const messages =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/;

/** Says whether an error means that the database could not be reached, rather than that it refused a statement. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as Error & { code?: unknown };
  if (typeof code === "string" && (states.test(code) || networkCodes.test(code))) return true;
  return messages.test(error.message);
}
