/** Text of others, such as a service's name, as it stands in a line of markdown: nothing in it becomes markup, and it keeps to one line. */
export function inline(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*[\]|~]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_");
}

/** A link to a file of the workspace; `from` is the folder that the document stands in. */
export function fileLink(label: string, file: string, from: string): string {
  const up = from.split("/").map(() => "..");
  const path = [...up, ...file.split("/").map(encodeSegment)].join("/");
  return `[${inline(label)}](${path})`;
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/[()]/g, (bracket) => (bracket === "(" ? "%28" : "%29"));
}

/** The address of a heading within its page. Source: https://docs.github.com/en/get-started/writing-on-github, "Section links" */
export function anchorOf(heading: string): string {
  const kept = heading.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "");
  return `#${kept.replaceAll(" ", "-")}`;
}

/** A table; its cells are markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
