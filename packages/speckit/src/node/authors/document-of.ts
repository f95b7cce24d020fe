import { AuthorFailed } from "../../authoring/author.ts";
import type { FoundDocument } from "../../authoring/prompts/document-in.ts";

/**
 * The text of what was found in an answer. `said` is the answer in short, for when it is none.
 * @throws AuthorFailed when the answer has no document, or not all of it
 */
export function documentOf(found: FoundDocument, author: string, said: string): string {
  switch (found.kind) {
    case "found":
      return found.text;
    case "cut-off":
      throw new AuthorFailed(
        `The answer of ${author} was cut off: its document has no end. Raise --token-limit, or ask for less at a time.`,
      );
    case "none":
      throw new AuthorFailed(
        said === ""
          ? `${author} answered nothing. Run the command again, or draft with --author offline.`
          : `${author} answered, but without a document: “${said}”`,
      );
  }
}
