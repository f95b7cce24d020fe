import type { CountTokens } from "./count.ts";

/** Characters counted exactly; a session of that length takes some five seconds. */
const EXACT = 24_000_000;

/** Counts many texts: exactly at first; what comes after the first 24 million characters by the number of tokens a character that those had. */
export class TokenMeter {
  readonly #count: CountTokens;
  #characters = 0;
  #tokens = 0;
  /** Whether some counts were estimated. */
  estimated = false;

  constructor(count: CountTokens) {
    this.#count = count;
  }

  of(text: string): number {
    if (this.#characters >= EXACT) {
      this.estimated = true;
      return Math.round((text.length * this.#tokens) / this.#characters);
    }
    const tokens = this.#count(text);
    this.#characters += text.length;
    this.#tokens += tokens;
    return tokens;
  }
}
