/** Where the parts of a document that was rewritten stood before. */
export class Origins {
  readonly #moved = new Map<string, string>();

  /** What now stands at `pointer`, and everything below it, stood at `origin`. */
  add(pointer: string, origin: string): void {
    if (pointer !== origin) this.#moved.set(pointer, origin);
  }

  find(pointer: string): string {
    for (let end = pointer.length; end > 0; end = pointer.lastIndexOf("/", end - 1)) {
      const origin = this.#moved.get(pointer.slice(0, end));
      if (origin !== undefined) return origin + pointer.slice(end);
    }
    return pointer;
  }
}
