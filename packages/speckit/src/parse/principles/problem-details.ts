import type { Statement } from "../../model/constitution.ts";
import { forbids, plainText } from "./statement-text.ts";

const mediaTypeIn = /\bapplication\/[\w.+-]*[\w-]/i;

/** Finds the media type of error responses: that of RFC 7807 and its successor RFC 9457, or one that is named. */
export function problemDetails(statement: Statement) {
  const text = plainText(statement.text);
  if (forbids(text)) return undefined;
  const mediaType = mediaTypeIn.exec(text)?.[0].toLowerCase();
  if (/\brfc[\s-]*(?:7807|9457)\b|problem\+json|\bproblem details?\b/i.test(text)) {
    const named = mediaType?.includes("problem") ? mediaType : "application/problem+json";
    return { kind: "problem-details" as const, mediaType: named, statement };
  }
  if (
    mediaType === undefined ||
    !/\berror (?:format|responses?|bod(?:y|ies)|messages?|payloads?)\b/i.test(text)
  )
    return undefined;
  return { kind: "problem-details" as const, mediaType, statement };
}
