/** A line of a text that has to fit: its forms, the shortest first, and what each is worth. */
export interface Choice {
  readonly section: string;
  readonly forms: readonly { readonly text: string; readonly worth: number }[];
}

/** For each line the form that was taken, in the order of the lines; undefined for one that is left out. */
export type Chosen = readonly (string | undefined)[];

/**
 * Takes forms of lines while the whole still fits, what is worth most first. A form is taken only instead of the one before it, so lines grow step
 * by step. The same lines give the same text.
 */
export function fit(choices: readonly Choice[], fits: (chosen: Chosen) => boolean): Chosen {
  const steps = choices
    .flatMap(({ forms }, index) => forms.map(({ worth }, form) => ({ index, form, worth })))
    .sort((a, b) => b.worth - a.worth || a.index - b.index || a.form - b.form);
  let chosen: Chosen = choices.map(() => undefined);
  const taken = new Set<number>();
  let misses = 0;
  for (const { index, form } of steps) {
    if (form > 0 && !taken.has(index)) continue;
    const text = choices[index]?.forms[form]?.text;
    const next = chosen.map((one, at) => (at === index ? text : one));
    if (!fits(next)) {
      // Where dozens in a row were too long the rest is too.
      if (++misses > MOST_MISSES) break;
      continue;
    }
    misses = 0;
    chosen = next;
    taken.add(index);
  }
  return chosen;
}

const MOST_MISSES = 40;
