import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { HttpRequest, RawAnswer } from "../verify/exchange.ts";

/** Sends one request. Resolves with why there was no answer, where there was none. */
export type Send = (request: HttpRequest) => Promise<RawAnswer | { readonly none: string }>;

/** Nobody is there: the address is wrong, or nothing runs at it. */
export class ServerUnreachable extends Error {}

/** Of an answer no more is read: schemas are held against far smaller ones. */
const MOST_BYTES = 20_000_000;

/**
 * Sends requests to an address, each over a connection of its own, so that none suffers from what another left behind. Redirects are not followed:
 * nothing ever goes elsewhere.
 * @throws ServerUnreachable when the address cannot be connected to
 */
export function sendTo(url: URL, timeoutMs: number): Send {
  const start = url.protocol === "https:" ? httpsRequest : httpRequest;
  const prefix = url.pathname.replace(/\/$/, "");
  return ({ method, path, headers, body }) =>
    new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(timeoutMs);
      const fail = (error: Error) => {
        const none = reasonOf(error, timeoutMs);
        if (none.isUnreachable)
          reject(
            new ServerUnreachable(
              `${url.origin} cannot be reached: ${none.text}. Start the service, or correct --url.`,
            ),
          );
        else resolve({ none: none.text });
      };
      try {
        const options = { method, path: prefix + path, headers, agent: false, signal };
        start(url, options, (response) => answerOf(response).then(resolve, fail))
          .on("error", fail)
          .end(body);
      } catch (error) {
        // What HTTP cannot carry, such as a line break in a header, is refused before anything is sent.
        resolve({ none: error instanceof Error ? error.message : String(error) });
      }
    });
}

async function answerOf(response: IncomingMessage): Promise<RawAnswer> {
  return { status: response.statusCode ?? 0, headers: response.headers, body: await textOf(response) };
}

async function textOf(response: IncomingMessage): Promise<string> {
  // A stream of events has no end; that it began is all there is to see.
  if (/^text\/event-stream/.test(response.headers["content-type"] ?? "")) {
    response.destroy();
    return "";
  }
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) break;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

const unreachable: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no host of that name",
  EAI_AGAIN: "the name of the host cannot be looked up",
  EHOSTUNREACH: "there is no way to the host",
  ENETUNREACH: "there is no way to the host",
  ETIMEDOUT: "the host does not answer",
  EPROTO: "what listens there does not speak TLS",
};

function reasonOf(
  error: Error,
  timeoutMs: number,
): { readonly text: string; readonly isUnreachable: boolean } {
  const code = "code" in error ? String(error.code) : "";
  if (code === "ABORT_ERR") return { text: `nothing came within ${timeoutMs} ms`, isUnreachable: false };
  const known = unreachable[code];
  if (known !== undefined) return { text: known, isUnreachable: true };
  if (/CERT|SSL|TLS|ISSUER|CHAIN/.test(code))
    return { text: `its certificate is not accepted (${code})`, isUnreachable: true };
  if (code === "ECONNRESET" || code === "EPIPE")
    return { text: "the connection was cut", isUnreachable: false };
  return { text: error.message, isUnreachable: false };
}
