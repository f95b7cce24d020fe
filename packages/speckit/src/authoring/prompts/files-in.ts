import type { Implemented, WrittenFile } from "../implementer.ts";
import { DECLINED } from "./task-prompt.ts";

const OPEN = /^[ \t]*<file path="([^"\n]+)">[ \t]*$/gm;
const CLOSE = /^[ \t]*<\/file>[ \t]*$/gm;

/** What an answer hands in; `cut-off` when a file begins and never ends. */
export type HandedIn =
  | (Implemented & { readonly kind: "whole" })
  | { readonly kind: "cut-off"; readonly file: string };

/** Takes files out of what an author answered; what stands around them is what it says. Whether a path may be written is for others to judge. */
export function filesIn(answer: string): HandedIn {
  const text = answer.replace(/\r\n?/g, "\n");
  const opens = [...text.matchAll(OPEN)];
  const declined = declinedIn(opens.length === 0 || text.trimStart().startsWith(DECLINED) ? text : "");
  if (declined !== undefined) return { kind: "whole", files: [], said: declined, declined: true };
  const files = new Map<string, WrittenFile>();
  let said = text.slice(0, opens[0]?.index);
  for (const [index, open] of opens.entries()) {
    const [, file = ""] = open;
    const segment = text.slice(open.index + open[0].length + 1, opens[index + 1]?.index);
    // A file may have such a line of its own: the last one ends it.
    const close = [...segment.matchAll(CLOSE)].at(-1);
    if (!close) return { kind: "cut-off", file };
    files.set(file, { file, text: withoutFence(segment.slice(0, close.index)) });
    said += segment.slice(close.index + close[0].length);
  }
  return { kind: "whole", files: [...files.values()], said: said.trim() };
}

const LEFT = new RegExp(`^[ \\t]*${DECLINED}([\\s\\S]*)`, "m");

/** What was said by somebody who left the task to a person; undefined when it was not. Agents may say first what they looked at. */
export function declinedIn(answer: string): string | undefined {
  return LEFT.exec(answer)?.[1]?.trim();
}

/** A fence around all of a file is the habit of whoever wrote it, unless the file is Markdown that begins and ends so. */
function withoutFence(text: string): string {
  const fenced = /^(`{3,})[\w+-]*\n([\s\S]*\n)\1\s*$/.exec(text);
  const inner = fenced?.[2];
  return inner === undefined || inner.includes("\n```") ? text : inner;
}
