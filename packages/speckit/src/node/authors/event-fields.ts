/** An object of JSON, whatever is in it. */
export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const object = (value: unknown): Json => (isObject(value) ? value : {});
export const text = (value: unknown): string => (typeof value === "string" ? value : "");
export const number = (value: unknown): number => (typeof value === "number" && value > 0 ? value : 0);

/** Texts of a message whose content is a text, or a list of parts. */
export function textOf(content: unknown): string {
  if (!Array.isArray(content)) return text(content);
  return content.map((part) => (object(part).type === "text" ? text(object(part).text) : "")).join("");
}

/** What was wrong: a text, or an object with a message somewhere. */
export function reasonOf(error: unknown, otherwise = "it does not say why"): string {
  if (typeof error === "string" && error !== "") return error;
  const { message, data, name } = object(error);
  return text(message) || text(object(data).message) || text(name) || otherwise;
}
