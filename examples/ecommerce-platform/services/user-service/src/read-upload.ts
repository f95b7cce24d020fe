import type { Readable } from "node:stream";
import multipart from "@fastify/multipart";
import { Problem, problems } from "@speckit/service-kit";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { formatOf, type ImageFormat } from "./domain/image-format.ts";

/** An image as it was sent, and the format that the sender believes it is. */
export interface Upload {
  readonly image: Buffer;
  readonly stated: ImageFormat | undefined;
}

const maxImageBytes = 2 * 1024 * 1024;
const imageTypes = ["image/png", "image/jpeg", "image/webp"];

/** Lets the app hand over bodies of avatars unread: forms, and images themselves. */
export async function acceptUploads(app: FastifyInstance): Promise<void> {
  // A form has a file and a word. A third part is refused by name when it is seen; the limit ends a flood of them.
  await app.register(multipart, {
    limits: { parts: 3, fieldSize: 100, headerPairs: 20, fileSize: Number.POSITIVE_INFINITY },
  });
  app.addContentTypeParser(imageTypes, (_request, payload, done) => done(null, payload));
}

/**
 * Reads the image of an upload, from the form's part `file` or from the body itself. Throws the problem 413 above 2 MB, of which no more than
 * that is kept in memory, and 422 for a form that is not the contract's `AvatarUpload`, and 400 for
 * what is no form.
 */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  try {
    return request.isMultipart() ? await readForm(request) : await readBody(request);
  } catch (error) {
    // What is left of the body has to leave the connection all the same, or that is good for nothing more.
    request.raw.unpipe().resume();
    throw error instanceof Problem ? error : problems.badRequest("The body cannot be read.");
  }
}

async function readBody(request: FastifyRequest): Promise<Upload> {
  const image = await readImage(request.body as Readable, sizeOf(request));
  return { image, stated: formatOf(request.mediaType) };
}

async function readForm(request: FastifyRequest): Promise<Upload> {
  let image: Buffer | undefined;
  let stated: ImageFormat | undefined;
  for await (const part of request.parts()) {
    if (part.type === "file" && part.fieldname === "file" && !image) {
      image = await readImage(part.file, sizeOf(request));
    } else if (part.type === "field" && part.fieldname === "imageFormat" && stated === undefined) {
      stated = statedFormat(part.value);
    } else {
      throw refusedPart(part.fieldname);
    }
  }
  if (!image) throw refused("/file", "is missing");
  return { image, stated };
}

function refusedPart(name: string): Problem {
  if (name === "file") return refused("/file", "must be there once, with a file name");
  if (name === "imageFormat") return refused("/imageFormat", "must be there once, without a file name");
  return refused(`/${name}`, "must NOT have additional properties");
}

function statedFormat(value: unknown): ImageFormat {
  const format = typeof value === "string" ? formatOf(`image/${value}`) : undefined;
  if (format !== value || format === undefined) throw refused("/imageFormat", "must be png, jpeg or webp");
  return format;
}

/** Bytes that the body has, or may have where it does not say. */
function sizeOf({ headers }: FastifyRequest): number {
  return Math.min(Number(headers["content-length"] ?? maxImageBytes), maxImageBytes);
}

/** Reads to the end or to the limit. What is kept is one buffer that is never larger than the limit. */
async function readImage(stream: Readable, capacity: number): Promise<Buffer> {
  const kept = Buffer.allocUnsafe(capacity);
  let length = 0;
  // A stream that is destroyed takes the connection with it, and with that the answer.
  const chunks: AsyncIterable<Buffer> = stream.iterator({ destroyOnReturn: false });
  for await (const chunk of chunks) {
    if (length + chunk.length > capacity) throw tooLarge();
    length += chunk.copy(kept, length);
  }
  return kept.subarray(0, length);
}

const tooLarge = () =>
  new Problem(413, {
    type: "/problems/payload-too-large",
    title: "Payload too large",
    detail: "The image is larger than 2 MB.",
  });

const refused = (path: string, message: string) => problems.unprocessable({ errors: [{ path, message }] });
