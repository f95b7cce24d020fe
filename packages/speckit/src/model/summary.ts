import type { Location } from "./location.ts";

/** A `path:line` in a document that leads nowhere, or elsewhere than it says. */
export interface StaleReference {
  /** As written. */
  readonly text: string;
  readonly at: Location;
  readonly problem: "no-file" | "no-line" | "other-line";
  /** What should stand there, where the document names it. */
  readonly name: string | undefined;
  /** The nearest line of the file on which the name stands now. */
  readonly foundAt: number | undefined;
}

/** What is wrong with a reference, in a sentence. */
export function describeStale({ text, problem, name, foundAt }: StaleReference): string {
  switch (problem) {
    case "no-file":
      return `There is no ${text.replace(/(?::\d+)+$/, "")}, which '${text}' refers to.`;
    case "no-line":
      return `'${text}' refers to a line behind the end of the file.`;
    case "other-line":
      return foundAt === undefined
        ? `'${name}' is not in the file that '${text}' refers to.`
        : `'${name}' is not at '${text}'; it is on line ${foundAt} now.`;
  }
}

/** quick-ref.md or ai-doc.md: generated from the others, so what it says of the service is not read; where it points to is. */
export interface Summary {
  readonly kind: "summary";
  readonly file: string;
  readonly stale: readonly StaleReference[];
}
