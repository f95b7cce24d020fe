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

/** Whether a value arrives as it was sent: routers and clients change empty segments and dots, and headers lose blanks at their ends. */
export function arrives({ in: where }: CallableParameter, written: WrittenParameter): boolean {
  return written.every(([, value]) => {
    if (where === "path")
      return (
        value !== "" &&
        !/^\.{1,2}$/.test(value) &&
        !["\0", "/", "\\"].some((letter) => value.includes(letter))
      );
    if (where === "query") return true;
    return (
      value === value.trim() &&
      value !== "" &&
      /^[\x20-\x7E]*$/.test(value) &&
      !(where === "cookie" && /[;,"\\ ]/.test(value))
    );
  });
}
