import type { ReadingProblem } from "./contract.ts";
import type { Location } from "./location.ts";

/** A heading and what stands below it until the next heading of the same or a higher level. */
export interface Section {
  /** As written, without emphasis, numbering and trailing notes such as "*(mandatory)*". */
  readonly title: string;
  readonly level: number;
  readonly at: Location;
  /** Last line that belongs to the section, sub-sections included. */
  readonly endLine: number;
  /** Whether anything but blank lines, comments and sub-headings stands in it. */
  readonly empty: boolean;
  /** The heading itself says that the section must be there, as templates do. */
  readonly mandatory: boolean;
}

/** A piece of text that a rule may quote: a placeholder, an open question, an id that is mentioned. */
export interface Marker {
  readonly text: string;
  readonly at: Location;
}

/** What every markdown document of a feature has. */
export interface MarkdownDocument {
  readonly file: string;
  /** Size of the file in bytes. */
  readonly bytes: number;
  /** Best guess at the language of the prose, as an ISO 639-1 code; "en" when nothing says otherwise. */
  readonly language: string;
  readonly title: string | undefined;
  readonly sections: readonly Section[];
  /** TODO, TBD and the like. */
  readonly placeholders: readonly Marker[];
  /** Text that a template left behind, such as `[FEATURE NAME]` or "ACTION REQUIRED". */
  readonly residue: readonly Marker[];
  /** `[NEEDS CLARIFICATION: …]`, with the question as text. */
  readonly clarifications: readonly Marker[];
  /** Every id of a requirement, criterion, story or task that is mentioned other than where it is defined. */
  readonly mentions: readonly Marker[];
  readonly problems: readonly ReadingProblem[];
}
