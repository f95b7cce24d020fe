import { type PlaceType, placeTypes, type SearchedDocument, type SearchedUnit } from "./searched-document.ts";
import { PASSAGE_COLUMNS, type Posting, postingsOf, type Segment, UNIT_COLUMNS } from "./segment.ts";
import { termsOf } from "./terms.ts";

/** Which units have which terms, while it is being built. Rows are as in `Segment`. */
export class InvertedIndex {
  readonly files: string[] = [];
  readonly headings: string[] = [];
  readonly unitRows: number[] = [];
  readonly passageRows: number[] = [];
  readonly postings = new Map<string, Posting[]>();
  #units = 0;
  #passages = 0;
  #headings = new Map<string, number>();
  /** Words that were split before: most words of a file stand in others too. */
  readonly #known = new Map<string, readonly string[]>();

  constructor() {
    this.#endRow();
  }

  get units(): number {
    return this.#units;
  }

  /** Adds a file; its units are numbered one after the other. */
  add({ file, units, subjects }: SearchedDocument): void {
    for (const unit of units) this.#addUnit(file, unit, subjects);
  }

  #addUnit(file: string, { type, whole, names = "", passages }: SearchedUnit, subjects: string): void {
    const name = `${file} ${names}`;
    const pathTerms = namesIn(name, this.#known);
    const subjectTerms = termsOf(subjects, this.#known);
    for (const term of pathTerms) this.#posting(term).path++;
    for (const term of subjectTerms) this.#posting(term).subjects++;
    let length = 0;
    for (const [index, { line, endLine, heading, text }] of passages.entries()) {
      // A heading says what the rest is about: its words count three times.
      const named = termsOf(heading, this.#known);
      const terms = [...termsOf(text, this.#known), ...named, ...named];
      length += terms.length;
      for (const term of terms) {
        const own = this.#posting(term).passages;
        if (own.at(-2) === index) own[own.length - 1] = (own.at(-1) ?? 0) + 1;
        else own.push(index, 1);
      }
      this.passageRows.push(line, endLine, terms.length, this.#heading(heading));
    }
    this.#closeUnit(
      file,
      [typeCode(type), whole ? 1 : 0, pathTerms.length, subjectTerms.length, length],
      passages.length,
    );
  }

  /** Adds the units of a segment that `keep` wants; says what number each of them has here. */
  adopt(segment: Segment, keep: (unit: number) => boolean): Map<number, number> {
    const moved = new Map<number, number>();
    for (let unit = 0; unit < segment.units; unit++) {
      if (!keep(unit)) continue;
      moved.set(unit, this.#units);
      const row = segment.unitRows.subarray(unit * UNIT_COLUMNS, (unit + 1) * UNIT_COLUMNS);
      const first = row[5] ?? 0;
      const end = segment.unitRows[(unit + 1) * UNIT_COLUMNS + 5] ?? first;
      for (let passage = first; passage < end; passage++) {
        const [line = 0, endLine = 0, length = 0, heading = 0] = segment.passageRows.subarray(
          passage * PASSAGE_COLUMNS,
          (passage + 1) * PASSAGE_COLUMNS,
        );
        this.passageRows.push(line, endLine, length, this.#heading(segment.headings.at(heading)));
      }
      this.#closeUnit(segment.files.at(row[6] ?? 0), [...row.subarray(0, 5)], end - first);
    }
    for (let at = 0; at < segment.terms.size; at++) {
      const term = segment.terms.at(at);
      for (const posting of postingsOf(segment, term)) {
        const unit = moved.get(posting.unit);
        if (unit !== undefined) this.#list(term).push({ ...posting, unit });
      }
    }
    return moved;
  }

  #posting(term: string): Posting {
    const list = this.#list(term);
    const last = list.at(-1);
    if (last?.unit === this.#units) return last;
    const posting: Posting = { unit: this.#units, path: 0, subjects: 0, passages: [] };
    list.push(posting);
    return posting;
  }

  #list(term: string): Posting[] {
    let list = this.postings.get(term);
    if (!list) {
      list = [];
      this.postings.set(term, list);
    }
    return list;
  }

  #heading(heading: string): number {
    let known = this.#headings.get(heading);
    if (known === undefined) {
      known = this.headings.push(heading) - 1;
      this.#headings.set(heading, known);
    }
    return known;
  }

  /** The last row says where the passages of the next unit begin; it becomes that unit's own. */
  #closeUnit(file: string, columns: readonly number[], passages: number): void {
    if (this.files.at(-1) !== file) this.files.push(file);
    this.unitRows.splice(-UNIT_COLUMNS, UNIT_COLUMNS, ...columns, this.#passages, this.files.length - 1);
    this.#passages += passages;
    this.#units++;
    this.#endRow();
  }

  #endRow(): void {
    this.unitRows.push(0, 0, 0, 0, 0, this.#passages, 0);
  }
}

function typeCode(type: PlaceType): number {
  return placeTypes.indexOf(type);
}

/** Terms of a path; words that are joined by a hyphen are one name too, as they are in identifiers. */
function namesIn(path: string, known: Map<string, readonly string[]>): string[] {
  const names = path.split(/[^\p{L}\p{M}\p{N}_$-]+/u).flatMap((part) => {
    const words = part.split("-").flatMap((word) => termsOf(word, known));
    return words.slice(1).map((word, index) => `${words[index]}${word}`);
  });
  return [...termsOf(path, known), ...names];
}
