import type { CallableParameter } from "../../model/callable-operation.ts";

/** A parameter as it stands in a request: one value or, in the query, several. */
export type WrittenParameter = readonly (readonly [name: string, value: string])[];

/** Writes the value of a parameter in its style. Source: OpenAPI, Parameter Object, Style Values. */
export function writeParameter(parameter: CallableParameter, value: unknown): WrittenParameter {
  const { name, in: where, mediaType, explode } = parameter;
  if (mediaType !== undefined) return [[name, JSON.stringify(value)]];
  if (Array.isArray(value)) return writeList(parameter, value.map(scalar));
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, member]) => [key, scalar(member)] as const);
    if (where === "query" && parameter.style === "deepObject")
      return members.map(([key, member]) => [`${name}[${key}]`, member]);
    if (where === "query" && explode) return members;
    const joined = explode ? members.map(([key, member]) => `${key}=${member}`) : members.flat();
    return [[name, styled(parameter, joined)]];
  }
  return [[name, styled(parameter, [scalar(value)])]];
}

function writeList(parameter: CallableParameter, values: readonly string[]): WrittenParameter {
  const { name, in: where, style, explode } = parameter;
  if (where === "query" && explode) return values.map((value) => [name, value]);
  if (where === "query" && style === "spaceDelimited") return [[name, values.join(" ")]];
  if (where === "query" && style === "pipeDelimited") return [[name, values.join("|")]];
  return [[name, styled(parameter, values)]];
}

function styled({ name, style, explode }: CallableParameter, values: readonly string[]): string {
  if (style === "label") return `.${values.join(explode ? "." : ",")}`;
  if (style === "matrix")
    return explode ? values.map((value) => `;${name}=${value}`).join("") : `;${name}=${values.join(",")}`;
  return values.join(",");
}

function scalar(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** Whether a value arrives as it was sent: routers and clients change empty segments and dots, headers lose blanks at their ends, and lists fall apart at their commas. */
export function arrives(parameter: CallableParameter, value: unknown): boolean {
  const written = writeParameter(parameter, value);
  const { in: where } = parameter;
  return (
    written.length > 0 &&
    comesApart(parameter, value) &&
    written.every(([, text]) => {
      if (where === "path")
        return (
          text !== "" && !/^\.{1,2}$/.test(text) && !["\0", "/", "\\"].some((letter) => text.includes(letter))
        );
      if (where === "query") return true;
      return (
        text === text.trim() &&
        text !== "" &&
        /^[\x20-\x7E]*$/.test(text) &&
        !(where === "cookie" && /[;,"\\ ]/.test(text))
      );
    })
  );
}

const delimiters: Readonly<Record<string, RegExp>> = {
  spaceDelimited: / /,
  pipeDelimited: /\|/,
  label: /[.,]/,
  matrix: /[;,]/,
};

/** Whether a list or an object that is written as one text can be told apart again: an empty one looks as one that holds an empty text. */
function comesApart(parameter: CallableParameter, value: unknown): boolean {
  const { in: where, style, explode, mediaType } = parameter;
  if (typeof value !== "object" || value === null || mediaType !== undefined) return true;
  if (where === "query" && (explode || style === "deepObject")) return true;
  const texts = Array.isArray(value) ? value.map(scalar) : Object.entries(value).flat().map(scalar);
  const between = delimiters[style] ?? /,/;
  return (
    texts.length > 0 &&
    texts.every((text) => text === text.trim() && !between.test(text) && !(explode && text.includes("="))) &&
    (texts.length > 1 || texts[0] !== "")
  );
}
