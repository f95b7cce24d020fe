/** Readers of session files trust nothing: formats change with each version of an agent. What is not as expected is as if it were not there. */
export type Fields = Readonly<Record<string, unknown>>;

export function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A number of tokens; 0 for anything else. */
export function amount(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? Math.round(value) : 0;
}

/** The text in a message's content, which is a text, a part that may have one, or a list of such. */
export function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  return (Array.isArray(content) ? content : [content])
    .flatMap((part) => (typeof part === "string" ? part : (text(fields(part).text) ?? [])))
    .join("\n");
}
