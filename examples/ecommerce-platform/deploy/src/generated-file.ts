/** A text that belongs at a path, which begins at the root of the platform. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** The first lines of every generated file, without the signs of a comment. */
export const header = (what: string) =>
  `${what}\nWritten by deploy/src/write-deploy.ts from contracts, specs and constitution. Change those, or deploy/src, and write it again.`;
