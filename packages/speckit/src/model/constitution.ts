import type { Location } from "./location.ts";
import type { MarkdownDocument } from "./markdown.ts";

/** One sentence or bullet of the constitution. */
export interface Statement {
  readonly text: string;
  readonly section: string;
  readonly at: Location;
}

/** A statement that the engine can enforce, with the parameters found in its text. */
export type Principle =
  | { readonly kind: "path-version"; readonly prefix: string; readonly statement: Statement }
  | { readonly kind: "event-naming"; readonly pattern: string; readonly statement: Statement }
  | { readonly kind: "problem-details"; readonly mediaType: string; readonly statement: Statement }
  | { readonly kind: "health-checks"; readonly paths: readonly string[]; readonly statement: Statement }
  | { readonly kind: "own-database"; readonly statement: Statement }
  | { readonly kind: "openapi-required"; readonly version: string | undefined; readonly statement: Statement }
  | { readonly kind: "authentication"; readonly scheme: string; readonly statement: Statement }
  | {
      readonly kind: "technology";
      readonly topic: string;
      readonly choices: readonly string[];
      readonly statement: Statement;
    };

/** The principles that all services of a repository follow. */
export interface Constitution extends MarkdownDocument {
  readonly kind: "constitution";
  readonly statements: readonly Statement[];
  readonly principles: readonly Principle[];
  readonly version: string | undefined;
}
