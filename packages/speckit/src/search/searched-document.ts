/** What a found place is part of. */
export const placeTypes = ["spec", "doc", "contract", "code", "test"] as const;
export type PlaceType = (typeof placeTypes)[number];

/** A piece of a text that can be pointed at: a section, a symbol with its body, a test, an operation, or some lines. */
export interface Passage {
  readonly line: number;
  readonly endLine: number;
  /** A section's title, a symbol's name, `POST /api/v1/orders`; empty where there is none. */
  readonly heading: string;
  readonly text: string;
}

/** What is ranked as one: a file, or one operation or event of a contract. */
export interface SearchedUnit {
  readonly type: PlaceType;
  /** Whether the unit is the whole file, or a part of it that stands for itself. */
  readonly whole: boolean;
  /** What it is called besides its path: `POST /api/v1/orders placeOrder`. */
  readonly names?: string;
  readonly passages: readonly Passage[];
}

/** A file as it is searched. */
export interface SearchedDocument {
  readonly file: string;
  readonly units: readonly SearchedUnit[];
  /** Subjects of the commits that touched the file. */
  readonly subjects: string;
}
