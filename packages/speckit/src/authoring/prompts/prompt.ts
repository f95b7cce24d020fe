/** What an author who reads words is told: who it is and how it answers, then the work itself. */
export interface AuthorPrompt {
  readonly system: string;
  readonly work: string;
}

/** Sections that have something to say, each below its heading. */
export function sections(parts: readonly (readonly [heading: string, text: string | undefined])[]): string {
  return parts
    .filter(([, text]) => text !== undefined && text.trim() !== "")
    .map(([heading, text]) => `# ${heading}\n\n${text?.trim()}`)
    .join("\n\n");
}
