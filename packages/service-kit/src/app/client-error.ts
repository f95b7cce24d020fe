import type { Socket } from "node:net";
import { Problem, problems } from "./problem.ts";
import { problemBody } from "./problem-answer.ts";

const reasonPhrases: Readonly<Record<number, string>> = {
  400: "Bad Request",
  408: "Request Timeout",
  431: "Request Header Fields Too Large",
};

/** Answers what never became a request: no HTTP, headers without end, a sender that fell silent. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  // The other side is gone, or an answer is already on its way.
  if (error.code === "ECONNRESET" || !socket.writable || socket.bytesWritten > 0)
    return void socket.destroy();
  const problem = clientProblem(error.code);
  const body = problemBody(problem, { path: "/" });
  const head = [
    `HTTP/1.1 ${problem.status} ${reasonPhrases[problem.status]}`,
    "Content-Type: application/problem+json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

function clientProblem(code: string | undefined): Problem {
  if (code === "HPE_HEADER_OVERFLOW") {
    return new Problem(431, {
      type: "/problems/headers-too-large",
      title: "Request header fields too large",
      detail: "The headers of the request are too large.",
    });
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") {
    const detail = "The request did not arrive in time.";
    return new Problem(408, { type: "/problems/request-timeout", title: "Request timeout", detail });
  }
  return problems.badRequest("The request is not readable as HTTP.");
}
