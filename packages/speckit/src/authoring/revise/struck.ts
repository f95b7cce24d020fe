import type { Block } from "./split-blocks.ts";

/**
 * A piece that no longer has a reason: numbered things stay and say that they are gone, so that no number means something else; the rest goes. Readers
 * of specifications know "(removed)" at the beginning of a title, those of task lists a title that is struck out.
 */
export function struck({ kind, text }: Block): string {
  const [first = "", ...rest] = text.split("\n");
  if (/~~|\(removed\)/.test(first)) return text;
  switch (kind) {
    case "story":
      // Its steps are the engine's own words, and nobody is to build or clarify them.
      return `${first.replace(/^(###\s+P\d+\s*:\s*)/, "$1(removed) ")}\nNothing asks for it any more.\n`;
    case "requirement":
      return [first.replace(/^(- \*\*(?:FR|SC)-\d+\*\*:\s*)/, "$1(removed) "), ...rest].join("\n");
    case "task":
      return [first.replace(/^(###\s+Task\s+\d+\.\d+\s*:\s*|- \[ \]\s+)(.+)$/, "$1~~$2~~"), ...rest].join(
        "\n",
      );
    case "phase":
    case "preamble":
      return text;
    default:
      return "";
  }
}
