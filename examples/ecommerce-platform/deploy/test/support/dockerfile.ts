/** The instructions of a Dockerfile, one a line, without comments. */
export function instructionsOf(text: string): string[] {
  return text
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => line !== "");
}
