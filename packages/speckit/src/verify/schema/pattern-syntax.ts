/** A regular expression as far as texts are made from it. What only looks around, such as anchors, is nothing. */
export type PatternNode =
  | { readonly kind: "letters"; readonly letters: readonly string[] }
  | { readonly kind: "sequence"; readonly parts: readonly PatternNode[] }
  | { readonly kind: "choice"; readonly options: readonly PatternNode[] }
  | { readonly kind: "repeat"; readonly part: PatternNode; readonly least: number; readonly most: number };

/** Letters that classes are tried with: those that people write first. */
const usual = [
  ..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_. @:/+,;!?#$%&*()[]{}<>|^~='\"`\\",
  ..."éßñ中あЖ€😀\n\t\r\u0000\u007f",
];

/** So many that texts differ. */
const MOST_LETTERS = 62;

/** Reads an ECMA-262 pattern. Undefined when it has something that is not understood, such as a reference back. Never throws. */
export function parsePattern(source: string): PatternNode | undefined {
  const reader = new PatternReader(source);
  const node = reader.choice();
  return reader.isDone ? node : undefined;
}

class PatternReader {
  readonly #source: string;
  #at = 0;
  #failed = false;

  constructor(source: string) {
    this.#source = source;
  }

  get isDone(): boolean {
    return !this.#failed && this.#at === this.#source.length;
  }

  choice(): PatternNode {
    const options = [this.#sequence()];
    while (this.#take("|")) options.push(this.#sequence());
    return options.length === 1 && options[0] ? options[0] : { kind: "choice", options };
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (!this.#failed && this.#at < this.#source.length && !"|)".includes(this.#source[this.#at] ?? "")) {
      const part = this.#atom();
      if (part) parts.push(this.#repeated(part));
    }
    return { kind: "sequence", parts };
  }

  /** The next thing that stands for text; undefined for what only looks around. */
  #atom(): PatternNode | undefined {
    const look = this.#match(/\^|\$|\\[bB]/y);
    if (look !== undefined) return undefined;
    if (this.#match(/\(\?<?[=!]/y) !== undefined) {
      this.choice();
      this.#expect(")");
      return undefined;
    }
    if (this.#match(/\((?:\?:|\?<\w+>)?/y) !== undefined) {
      const inner = this.choice();
      this.#expect(")");
      return inner;
    }
    const literal = this.#match(/[^\\[\].*+?(){}|^$]/uy);
    if (literal !== undefined) return { kind: "letters", letters: [literal] };
    return this.#lettersOf(
      this.#match(
        /\.|\[(?:\\.|[^\]\\])*\]|\\(?:u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|[pP]\{[^}]*\}|c[a-z]|[^1-9k])|[\]{}]/iuy,
      ),
    );
  }

  /** The letters that a class or an escape stands for, as far as they were tried. */
  #lettersOf(written: string | undefined): PatternNode | undefined {
    const matches = written === undefined ? undefined : expression(written);
    const letters = matches
      ? [...usual, ...lettersWritten(written ?? "")].filter((letter) => matches.test(letter))
      : [];
    if (letters.length === 0) this.#failed = true;
    return { kind: "letters", letters: letters.slice(0, MOST_LETTERS) };
  }

  #repeated(part: PatternNode): PatternNode {
    const written = this.#match(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/y);
    if (written === undefined) return part;
    const [, first, comma, second] = /^\{(\d+)(,)?(\d*)/.exec(written) ?? [];
    const least = first === undefined ? (written.startsWith("+") ? 1 : 0) : Number(first);
    const most =
      first === undefined
        ? written.startsWith("?")
          ? 1
          : Number.POSITIVE_INFINITY
        : comma === undefined
          ? least
          : second === ""
            ? Number.POSITIVE_INFINITY
            : Number(second);
    return { kind: "repeat", part, least, most };
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #take(letter: string): boolean {
    const isNext = this.#source[this.#at] === letter;
    if (isNext) this.#at++;
    return isNext;
  }

  #expect(letter: string): void {
    if (!this.#take(letter)) this.#failed = true;
  }
}

function expression(written: string): RegExp | undefined {
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(`^(?:${written})$`, flags);
    } catch {
      // A brace alone, or an escape that needs none, is understood only without `u`.
    }
  }
  return undefined;
}

/** Letters that a class names itself, ends of its ranges included. */
function lettersWritten(written: string): string[] {
  const codes = [...written.matchAll(/\\u\{([\da-f]+)\}|\\u([\da-f]{4})|\\x([\da-f]{2})/gi)].map((match) =>
    String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(match[1] ?? match[2] ?? match[3] ?? "0", 16))),
  );
  return [...written, ...codes].filter((letter) => !/[\uD800-\uDFFF]/.test(letter) || letter.length === 2);
}
