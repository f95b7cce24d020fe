import type { IncomingMessage } from "node:http";
import { type Readable, Transform } from "node:stream";

/** The body of a request is larger than its operation takes. */
export class BodyTooLarge extends Error {
  override readonly name = "BodyTooLarge";
}

/** A body that is this short is read at once: handing on a stream costs more than all the rest. */
const shortBytes = 16 * 1024;

/**
 * Calls `send` with the body of a request: whole when it is short, else as a stream that fails with `BodyTooLarge` beyond `limitBytes`.
 * Not called when the client breaks off before.
 */
export function readBody(
  request: IncomingMessage,
  limitBytes: number,
  send: (body: Buffer | Readable) => void,
): void {
  const announced = Number(request.headers["content-length"] ?? Number.NaN);
  if (!(announced <= shortBytes)) {
    send(limitedBody(request, limitBytes));
    return;
  }
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => send(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
}

/**
 * The body of a request as a stream of its own, which fails with `BodyTooLarge` beyond `limitBytes`. Whoever stops reading it, because a
 * service answered early or is gone, does not cut the client's connection with it: the client has still to be answered there.
 */
function limitedBody(request: IncomingMessage, limitBytes: number): Transform {
  let bytes = 0;
  const body = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limitBytes) done(new BodyTooLarge());
      else done(null, chunk);
    },
  });
  request.pipe(body);
  request.once("error", (error) => body.destroy(error));
  body.once("close", () => {
    request.unpipe(body);
    forgetTheRest(request);
  });
  return body;
}

const lingerMs = 2000;

/** A client that is cut off while it sends may never see its answer, so what still comes is read for a while. */
function forgetTheRest(request: IncomingMessage): void {
  request.resume();
  if (request.readableEnded) return;
  const cut = setTimeout(() => request.destroy(), lingerMs);
  request.once("close", () => clearTimeout(cut));
}
