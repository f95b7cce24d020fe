import type { Block } from "./split-blocks.ts";

/** "**Responsible for:**" above a list. */
function isLabel({ kind, text }: Block): boolean {
  return kind === "line" && text.startsWith("**");
}

/** Where new items of lists with a label above them go: to the list that the draft has them in. */
export class Labelled {
  private isUnder = false;
  /** The label in the document; where a person gave it other words, the last item of its list. */
  private home: Block | undefined;
  private hasLabel = false;

  /** Goes on to the next piece of the draft, and what stands for it. */
  pass(block: Block, standing: Block | undefined): void {
    if (isLabel(block)) {
      this.isUnder = true;
      this.home = standing;
      this.hasLabel = standing !== undefined;
    } else if (block.kind !== "line") this.isUnder = false;
    else if (!this.hasLabel && standing) this.home = standing;
  }

  /** Behind the last item of its list; undefined for what stands in none, "nowhere" where the list is gone. */
  placeFor(result: readonly { readonly block: Block }[], block: Block): number | "nowhere" | undefined {
    if (!this.isUnder || isLabel(block)) return undefined;
    if (!this.home) return "nowhere";
    let at = result.findIndex((entry) => entry.block === this.home) + 1;
    for (let entry = result[at]; entry?.block.kind === "line" && !isLabel(entry.block); entry = result[at])
      at++;
    return at;
  }
}
