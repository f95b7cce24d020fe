import type { Provider } from "./providers.ts";

/** What can be read off an error of the AI SDK; it has classes for it, but loading them to look at an error would take half a second. */
interface CallError {
  readonly statusCode?: number;
  readonly message?: string;
  readonly cause?: unknown;
  readonly code?: string;
  readonly lastError?: unknown;
  readonly responseHeaders?: Readonly<Record<string, string>>;
}

const asError = (error: unknown): CallError =>
  typeof error === "object" && error !== null ? (error as CallError) : { message: String(error) };

/** One sentence on why a model did not answer, and what to do about it. It may quote the provider, so secrets have to be taken out. */
export function modelFailure(error: unknown, { title, keys }: Provider, model: string): string {
  // After some tries the last error is the one that counts.
  const last = asError(asError(error).lastError ?? error);
  const { statusCode: status, message = "" } = last;
  // An answer that began well and went wrong has a status too, and so has one that is no JSON.
  if (status === undefined || status < 400 || notJson.test(message)) return unreachable(last, title);
  if (status === 401 || status === 403)
    return `${title} refused the key${keys[0] === undefined ? "" : ` in ${keys.join(" or ")}`} (${status}): ${message}`;
  if (status === 404) return `${title} knows no model '${model}', or not at this address (404): ${message}`;
  if (status === 408) return `${title} took too long (408). Run the command again.`;
  if (status === 429) return `${title} allows no more for now (429)${waitOf(last)}: ${message}`;
  if (status >= 500)
    return `${title} cannot answer right now (${status}): ${message}. Run the command again later.`;
  return `${title} refused the request (${status}): ${message}`;
}

function waitOf({ responseHeaders }: CallError): string {
  const seconds = Number(responseHeaders?.["retry-after"]);
  return Number.isFinite(seconds) && seconds > 0 ? `; it will in ${seconds} seconds` : "";
}

const notJson = /^JSON parsing failed|^Invalid JSON/;

const hints: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens at its address",
  ECONNRESET: "the connection was cut off",
  ENOTFOUND: "its name is not known; is there a network?",
  EAI_AGAIN: "its name cannot be looked up; is there a network?",
  ETIMEDOUT: "it did not answer in time",
  UND_ERR_SOCKET: "the connection was cut off",
  UND_ERR_CONNECT_TIMEOUT: "it did not answer in time",
  UND_ERR_BODY_TIMEOUT: "it stopped in the middle of its answer",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is not trusted",
};

/** The network, or an answer that is none. */
function unreachable(error: CallError, title: string): string {
  for (let cause: unknown = error, depth = 0; cause && depth < 5; cause = asError(cause).cause, depth++) {
    const { code } = asError(cause);
    if (code !== undefined && Object.hasOwn(hints, code))
      return `${title} cannot be reached: ${hints[code]} (${code}).`;
  }
  const { message = "no reason given" } = error;
  const [, reason] = /^Cannot connect to API: (.+)$/.exec(message) ?? [];
  if (reason !== undefined) return `${title} cannot be reached: ${reason}.`;
  return `${title} gave an answer that cannot be read: ${message}`;
}
