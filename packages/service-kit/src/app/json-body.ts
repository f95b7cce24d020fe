import type { FastifyInstance } from "fastify";
import { parse } from "secure-json-parse";
import { problems } from "./problem.ts";

/** Deeper than any contract goes, and far from what exhausts the stack of a function that calls itself. */
const deepest = 64;

/**
 * Reads bodies of these media types as JSON. Answers 400 for what is no JSON, and 422 for what is JSON but holds what no contract allows: nesting without
 * end, `__proto__`, U+0000.
 */
export function readJsonBodies(app: FastifyInstance, mediaTypes: readonly string[]): void {
  app.addContentTypeParser([...mediaTypes], { parseAs: "string" }, (_request, text: string, done) => {
    try {
      done(null, readJson(text));
    } catch (error) {
      done(error as Error);
    }
  });
}

function readJson(text: string): unknown {
  if (text === "") throw problems.badRequest("The body is empty.");
  if (text.length > deepest && isNestedBelow(text, deepest))
    throw refused("", `is nested more than ${deepest} deep`);
  const body = parsed(text);
  // A cheap look first: hardly any body holds the escape, and an escaped backslash before `u0000` is harmless.
  const place = text.includes("\\u0000") ? nullCharacterIn(body) : undefined;
  if (place !== undefined) throw refused(place, "must not contain U+0000, which no database keeps in text");
  return body;
}

function parsed(text: string): unknown {
  try {
    return parse(text, { protoAction: "error", constructorAction: "error" });
  } catch (error) {
    // Polluted prototypes are readable JSON; the parser names them in the same kind of error.
    if (String(error).includes("prototype"))
      throw refused("", "must not have a property that sets a prototype");
    throw problems.badRequest("The body is not valid JSON.");
  }
}

const refused = (path: string, message: string) => problems.unprocessable({ errors: [{ path, message }] });

const quote = 34;
const backslash = 92;
const opening = new Set([91, 123]);
const closing = new Set([93, 125]);

function isNestedBelow(text: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (opening.has(code)) {
      if (++depth > limit) return true;
    } else if (closing.has(code)) depth--;
  }
  return false;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1;
  return at;
}

/** The JSON Pointer of the first text with U+0000 in it, in a value or in a name. */
function nullCharacterIn(value: unknown, path = ""): string | undefined {
  if (typeof value === "string") return value.includes("\0") ? path : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    if (name.includes("\0")) return path;
    const place = nullCharacterIn(inner, `${path}/${pointerToken(name)}`);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** A name as it stands in a JSON Pointer (RFC 6901). */
export function pointerToken(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
