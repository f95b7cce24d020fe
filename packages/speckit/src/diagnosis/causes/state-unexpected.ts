import type { Cause } from "../cause.ts";

const throwing = /\b(?:throw|raise|panic\(|Errorf?\(|errors\.New|reject\()/;

export const stateUnexpected: Cause = {
  id: "state-unexpected",
  kind: "code",
  title: "The code met a state that it does not allow",
  why: "Its author foresaw the case and said so in these words; what led to it happened before, perhaps in another service.",
  check:
    "Read the condition above the quoted line, and follow the value in it back to where it is stored or received.",

  find: ({ places, textOf }) =>
    places
      .filter(({ reason }) => reason === "literal" || reason === "stack")
      .slice(0, 3)
      .flatMap(({ file, line }) => {
        const text = textOf(file)?.split(/\r\n?|\n/)[line - 1] ?? "";
        return throwing.test(text)
          ? [{ text: text.trim().slice(0, 160), at: { file, line, column: 1 } }]
          : [];
      })
      .slice(0, 2),
};
