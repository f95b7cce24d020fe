import type { AllowedAnswer, BodyContent, CallableOperation } from "../model/callable-operation.ts";

/** The answer that the contract describes for a status: the status itself, else its range, else `default`. */
export function allowedAnswer({ answers }: CallableOperation, status: number): AllowedAnswer | undefined {
  const names = [String(status), `${Math.floor(status / 100)}XX`, "default"];
  for (const name of names) {
    const found = answers.find((answer) => answer.status === name);
    if (found) return found;
  }
  return undefined;
}

/** Whether the contract names the status, alone or by its range. */
export function isNamed({ answers }: CallableOperation, status: string): boolean {
  return answers.some((answer) => answer.status === status || answer.status === `${status[0]}XX`);
}

/** The description of a body of that media type; parameters such as `charset` count only where the contract has them. */
export function allowedContent({ contents }: AllowedAnswer, mediaType: string): BodyContent | undefined {
  const [type = "", subtype = ""] = baseType(mediaType).split("/");
  return (
    contents.find((content) => content.mediaType.toLowerCase() === mediaType.toLowerCase()) ??
    contents.find((content) => baseType(content.mediaType) === `${type}/${subtype}`) ??
    contents.find((content) => baseType(content.mediaType) === `${type}/*`) ??
    contents.find((content) => baseType(content.mediaType) === "*/*")
  );
}

/** `application/json` of `application/json; charset=utf-8`. */
export function baseType(mediaType: string): string {
  return (mediaType.split(";")[0] ?? "").trim().toLowerCase();
}

export function isJson(mediaType: string): boolean {
  return /^(?:application|text)\/(?:[\w.!#$&^-]+\+)?json$/.test(baseType(mediaType));
}
