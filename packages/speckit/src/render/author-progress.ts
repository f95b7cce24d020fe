import { grouped } from "./grouped.ts";
import { paint, type TextStyle } from "./text-style.ts";

/** How far an author is. */
export interface AuthorState {
  readonly author: string;
  /** What is worked on. */
  readonly work: string;
  /** Written so far, as it was shown. */
  readonly characters: number;
  /** Used so far; 0 while the author has not said. */
  readonly tokens: number;
  readonly seconds: number;
}

/** One line that fits the terminal: what is worked on gives way. */
export function authorLine(state: AuthorState, style: TextStyle): string {
  const { dim } = paint(style);
  const facts = factsOf(state);
  const room = style.columns - 1 - state.author.length - facts.length - 4;
  const work = room < 12 ? "" : `  ${shortened(state.work, room)}`;
  return `${state.author}${work}  ${dim(facts)}`;
}

/** What it took in the end. */
export function authorSummary(state: AuthorState, style: TextStyle): string {
  return `${state.author}: ${paint(style).dim(factsOf(state))}`;
}

function factsOf({ characters, tokens, seconds }: AuthorState): string {
  const written = characters === 0 ? [] : [`${grouped(characters)} characters`];
  const used = tokens === 0 ? [] : [`${grouped(tokens)} tokens`];
  return [...written, ...used, `${seconds} s`].join(", ");
}

/** The end of a path says most. */
function shortened(text: string, room: number): string {
  return text.length <= room ? text : `…${text.slice(text.length - room + 1)}`;
}
