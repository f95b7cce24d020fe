import { paint, type TextStyle, wrap } from "./text-style.ts";

/** A rule's markdown page as a terminal shows it: without notes to its editors and addresses of links, and no line wider than the terminal but code. */
export function renderRulePage(page: string, style: TextStyle): string {
  const colors = paint(style);
  let fence: string | undefined;
  const lines = page
    .replace(/^<!--[\s\S]*?-->\s*/, "")
    .split("\n")
    .map((line) => {
      if (fence !== undefined) {
        if (line === fence) fence = undefined;
        return line;
      }
      fence = /^`{3,}/.exec(line)?.[0];
      if (fence !== undefined) return line;
      const text = wrap(line.replace(/\[([^\]]+)\]\([^)]+\)/g, "$1"), 0, style);
      return text.replace(/^(#+ .*|\*\*[^*]+\*\*)/, (heading) => colors.bold(heading));
    });
  return lines.join("\n");
}
