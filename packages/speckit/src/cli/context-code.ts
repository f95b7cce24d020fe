import type { Snippet } from "../authoring/snippet.ts";
import type { Task } from "../model/task-list.ts";
import type { Service } from "../model/workspace.ts";
import type { ReadWorkspace } from "../node/read-workspace.ts";
import { openSearchIndex } from "../node/search-index.ts";
import { search } from "../search/search.ts";
import { splitText } from "../search/split-text.ts";
import type { Io, Options } from "./command.ts";

const MOST_FILES = 6;

/** What there is of the files that a task makes. */
export function codeOfTask({ dir, name }: Service, { files }: Task, { textOf }: ReadWorkspace): Snippet[] {
  return files.flatMap((path) => {
    const file = dir === "." ? path : `${dir}/${path}`;
    return partsOf(file, textOf(file) ?? "", name);
  });
}

/** Code and tests that have to do with a question; documents and contracts are looked through by themselves. */
export async function codeAbout(
  { root }: ReadWorkspace,
  about: string,
  service: string | undefined,
  options: Options,
  io: Io,
): Promise<Snippet[]> {
  const { index, textOf } = await openSearchIndex(root, { cache: options.cache !== false, now: io.now });
  const { hits } = search(index, about, { limit: MOST_FILES, types: ["code", "test", "doc"], service });
  return hits
    .filter(({ file }) => !/(?:^|\/)specs\//.test(file))
    .flatMap(({ file, service: name }) => partsOf(file, textOf(file) ?? "", name));
}

function partsOf(file: string, text: string, service: string | undefined): Snippet[] {
  return splitText(file, text)
    .filter((part) => part.text.trim() !== "")
    .map(({ line, endLine, heading, text: own }) => ({
      kind: "code",
      file,
      line,
      endLine: line + own.trimEnd().split("\n").length - 1 || endLine,
      headings: heading === "" ? [] : [heading],
      text: own.trimEnd(),
      service,
    }));
}
