import type { BodyContent, JsonSchema } from "../../model/callable-operation.ts";
import { baseType, isJson } from "../allowed-answers.ts";
import type { HttpRequest } from "../exchange.ts";
import { mergeSchemas } from "../schema/merged-schema.ts";
import { sampleFile } from "./sample-files.ts";

/** A body as it is sent, with the header that says what it is. */
export interface WrittenBody {
  readonly contentType: string;
  readonly body: NonNullable<HttpRequest["body"]>;
}

/** Whether bodies of the media type can be made from values. */
export function canWrite({ mediaType, examples, schema }: BodyContent): boolean {
  const type = baseType(mediaType);
  return (
    isJson(type) ||
    isForm(type) ||
    /^text\/(?!xml)/.test(type) ||
    isFile(type, schema) ||
    typeof examples[0] === "string"
  );
}

/** Whether a variant of a value arrives as one: everything else than JSON has only texts, so that types cannot be wrong. */
export function keepsTypes({ mediaType }: BodyContent): boolean {
  return isJson(mediaType);
}

function isForm(type: string): boolean {
  return type === "application/x-www-form-urlencoded" || type === "multipart/form-data";
}

function isFile(type: string, schema: JsonSchema | undefined): boolean {
  if (/^(?:image|audio|video)\/|^application\/(?:octet-stream|pdf|zip)$/.test(type)) return true;
  return typeof schema === "object" && schema.format === "binary";
}

/** Writes a value in the media type. `boundary` stands between the parts of a form. */
export function writeBody(content: BodyContent, value: unknown, boundary: string): WrittenBody {
  const type = baseType(content.mediaType);
  if (isJson(type)) return { contentType: content.mediaType, body: JSON.stringify(value) };
  if (type === "application/x-www-form-urlencoded") return { contentType: type, body: writeForm(value) };
  if (type === "multipart/form-data")
    return { contentType: `${type}; boundary=${boundary}`, body: writeParts(content, value, boundary) };
  if (isFile(type, content.schema)) return { contentType: type, body: sampleFile(type) };
  return { contentType: content.mediaType, body: asText(value) };
}

function membersOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function writeForm(value: unknown): string {
  const pairs = membersOf(value).flatMap(([name, member]) =>
    (Array.isArray(member) ? member : [member]).map((one) => [name, asText(one)] as [string, string]),
  );
  return pairs.map((pair) => pair.map((text) => encodeURIComponent(text)).join("=")).join("&");
}

function writeParts(content: BodyContent, value: unknown, boundary: string): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [];
  for (const [name, member] of membersOf(value)) {
    for (const one of Array.isArray(member) ? (member as unknown[]) : [member]) {
      const { mediaType, bytes } = partOf(content, name, one);
      const file = mediaType === undefined ? "" : `; filename="${name}"\r\nContent-Type: ${mediaType}`;
      chunks.push(
        encoder.encode(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`),
        bytes,
        encoder.encode("\r\n"),
      );
    }
  }
  return concatenated([...chunks, encoder.encode(`--${boundary}--\r\n`)]);
}

/** A part that holds a file has a media type; one that holds a text has none. */
function partOf({ schema = true, partTypes }: BodyContent, name: string, value: unknown) {
  const described = mergeSchemas([schema], schema, () => 0).properties.get(name) ?? [];
  const { format } = mergeSchemas(described, schema, () => 0);
  const encoded = described.some((one) => typeof one === "object" && one.contentMediaType !== undefined);
  const type = partTypes[name];
  if (format === "binary" || encoded || (type !== undefined && !/json|^text\/plain/.test(type))) {
    const mediaType = type ?? "application/octet-stream";
    return { mediaType, bytes: sampleFile(mediaType) };
  }
  const isObject = typeof value === "object" && value !== null;
  return {
    mediaType: isObject ? "application/json" : undefined,
    bytes: new TextEncoder().encode(asText(value)),
  };
}

function concatenated(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
