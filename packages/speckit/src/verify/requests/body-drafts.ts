import type { BodyContent, JsonSchema } from "../../model/callable-operation.ts";
import { baseType, isJson } from "../allowed-answers.ts";
import { boundaryValues } from "../schema/boundary-values.ts";
import { textOfFormat } from "../schema/formats.ts";
import { invalidValues } from "../schema/invalid-values.ts";
import { makeValue } from "../schema/made-value.ts";
import { randomFrom } from "../schema/random.ts";
import { isValid } from "../schema/schema-errors.ts";
import { walkValue, withValueAt } from "../schema/value-walk.ts";
import type { DraftContext } from "./requests-for.ts";
import { canWrite, keepsTypes } from "./written-bodies.ts";

/** A body: a value in a media type, or a text that is none. */
export type BodyDraft =
  | { readonly content: BodyContent; readonly value: unknown; readonly boundary: string }
  | { readonly contentType: string; readonly text: string };

interface Draft {
  readonly title: string;
  readonly body: BodyDraft | undefined;
  readonly isExample?: boolean;
}

interface InvalidDraft extends Draft {
  readonly refusals: readonly string[];
  readonly isFormat?: boolean;
}

interface BodyDrafts {
  readonly valid: readonly Draft[];
  /** With every property that is optional. */
  readonly fullest: BodyDraft | undefined;
  /** What goes along where something else is tried. */
  readonly usual: BodyDraft | undefined;
  readonly boundary: readonly Draft[];
  readonly invalid: readonly InvalidDraft[];
}

const MOST_EXAMPLES = 5;
const MOST_BOUNDARIES = 60;
const MOST_INVALID = 150;
const onlyRequired = "what is required";

/** The bodies that an operation is sent; undefined when it needs one that cannot be made up. */
export function bodyDrafts(context: DraftContext): BodyDrafts | undefined {
  const { body, method } = context.operation;
  const contents = (body?.contents ?? []).filter(canWrite);
  const content = contents.find(({ mediaType }) => isJson(mediaType)) ?? contents[0];
  const none: Draft = { title: onlyRequired, body: undefined };
  if (!body || !content || method === "GET" || method === "HEAD")
    return body?.required === true && !content
      ? undefined
      : { valid: [none], fullest: undefined, usual: undefined, boundary: [], invalid: [] };
  const written = new BodyWriter(content, context).drafts();
  if (!written)
    return body.required
      ? undefined
      : { valid: [none], fullest: undefined, usual: undefined, boundary: [], invalid: [] };
  const noBody = { title: "no body", body: undefined };
  return {
    ...written,
    boundary: body.required ? written.boundary : [noBody, ...written.boundary],
    invalid: body.required
      ? [...written.invalid, { ...noBody, refusals: ["400", "422", "415", "411"] }]
      : written.invalid,
  };
}

class BodyWriter {
  readonly #content: BodyContent;
  readonly #schema: JsonSchema;
  readonly #context: DraftContext;
  readonly #seed: string;

  constructor(content: BodyContent, context: DraftContext) {
    this.#content = content;
    this.#schema = content.schema ?? true;
    this.#context = context;
    this.#seed = `${context.seed} body`;
  }

  drafts(): BodyDrafts | undefined {
    const examples = this.#content.examples
      .filter((example) => isValid(this.#schema, example))
      .slice(0, MOST_EXAMPLES);
    const least = this.#make("none");
    const fullest = this.#make("all") ?? examples[0] ?? least;
    const first = examples[0] ?? least ?? fullest;
    if (first === undefined) return undefined;
    const known = this.#withKnown(first);
    const valid: Draft[] = [
      ...(isSame(known, this.#withGiven(first)) ? [] : [this.#draft("values of earlier answers", known)]),
      ...examples.map((example, index) => ({
        ...this.#draft(
          `example ${examples.length > 1 ? `${index + 1} ` : ""}of the contract`,
          this.#withGiven(example),
        ),
        isExample: true,
      })),
      ...(least === undefined ? [] : [this.#draft(onlyRequired, this.#withKnown(least))]),
    ];
    return {
      valid,
      fullest: this.#body(this.#withKnown(fullest)),
      usual: this.#body(known),
      boundary: this.#boundary(this.#withKnown(fullest)),
      invalid: [...this.#invalid(this.#withKnown(fullest)), ...this.#unreadable(known)],
    };
  }

  #make(optional: "none" | "all"): unknown {
    if (this.#schema === true) return {};
    const made = makeValue(this.#schema, { optional, useExamples: true }, `${this.#seed} ${optional}`);
    return made === undefined ? undefined : this.#fresh(made, made, optional);
  }

  #draft(title: string, value: unknown): Draft {
    return { title, body: this.#body(value) };
  }

  #body(value: unknown): BodyDraft {
    return { content: this.#content, value, boundary: boundaryFor(this.#seed) };
  }

  #boundary(value: unknown): Draft[] {
    const variants = boundaryValues(this.#schema, value, this.#seed).filter(
      ({ isTextual }) => keepsTypes(this.#content) || isTextual,
    );
    return variants
      .slice(0, MOST_BOUNDARIES)
      .map(({ title, value: edge }) => this.#draft(title, this.#fresh(edge, value, title)));
  }

  #invalid(value: unknown): InvalidDraft[] {
    const variants = invalidValues(this.#schema, value, this.#seed).filter(
      ({ isTextual }) => keepsTypes(this.#content) || isTextual,
    );
    return variants.slice(0, MOST_INVALID).map(({ title, value: broken, isFormat }) => ({
      ...this.#draft(title, broken),
      isFormat,
      refusals: ["422", "400"],
    }));
  }

  /** Bodies that are no JSON, and a media type that nobody asked for. */
  #unreadable(value: unknown): InvalidDraft[] {
    const { mediaType } = this.#content;
    const accepted =
      this.#context.operation.body?.contents.map((content) => baseType(content.mediaType)) ?? [];
    const other = ["text/plain", "application/xml", "text/csv"].find((type) => !accepted.includes(type));
    const takesAll = accepted.some((type) => type.includes("*"));
    const says = (status: string) => this.#context.operation.answers.some((one) => one.status === status);
    // Where the contract has one answer for all refusals, the status that says why is one of them.
    const refusals = says("4XX") || says("default") ? ["400", "415", "422"] : ["400", "422"];
    return [
      ...(isJson(mediaType)
        ? [
            {
              title: "JSON that breaks off",
              body: { contentType: mediaType, text: '{"unfinished": ' },
              refusals: ["400", "422"],
            },
          ]
        : []),
      ...(other === undefined || takesAll
        ? []
        : [
            {
              title: `a body of the media type ${other}`,
              body: { contentType: other, text: JSON.stringify(value) },
              refusals: says("415") ? ["415"] : refusals,
            },
          ]),
    ];
  }

  /** The value with what the user says of its properties. */
  #withGiven(value: unknown): unknown {
    return this.#replaced(value, this.#context.givenFor, true);
  }

  /** The value with what is known of its properties: said by the user, or learnt from earlier answers. */
  #withKnown(value: unknown): unknown {
    return this.#withGiven(this.#replaced(value, this.#context.learntFor, false));
  }

  #replaced(value: unknown, knownOf: (name: string) => unknown, always: boolean): unknown {
    let whole = value;
    for (const { path, value: member } of walkValue(this.#schema, value)) {
      const name = path.at(-1);
      if (typeof name !== "string" || (typeof member === "object" && member !== null)) continue;
      const known = knownOf(name);
      if (known === undefined || known === member) continue;
      const changes = readings(known).map((reading) => withValueAt(whole, path, reading));
      const fitting = changes.find((changed) => isValid(this.#schema, changed));
      if (fitting !== undefined) whole = fitting;
      else if (always) whole = changes[0];
    }
    return whole;
  }

  /** Addresses are often taken once: each request has one of its own, as long as that is not what is tried. */
  #fresh(edge: unknown, base: unknown, title: string): unknown {
    let whole = edge;
    for (const { path, merged, value } of walkValue(this.#schema, base)) {
      if (merged.format !== "email" || merged.values) continue;
      const name = path.at(-1);
      if (typeof name === "string" && this.#context.givenFor(name) !== undefined) continue;
      if (valueAt(edge, path) !== value) continue;
      const changed = withValueAt(whole, path, textOfFormat("email", randomFrom(`${this.#seed} ${title}`)));
      if (isValid(this.#schema, changed)) whole = changed;
    }
    return whole;
  }
}

/** A value from the command line is a text, and may be meant as a number or a truth. */
function readings(known: unknown): unknown[] {
  if (typeof known !== "string") return [known];
  if (known === "true" || known === "false") return [known, known === "true"];
  return known.trim() !== "" && Number.isFinite(Number(known)) ? [known, Number(known)] : [known];
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      typeof at === "object" && at !== null ? (at as Record<string | number, unknown>)[part] : undefined,
    value,
  );
}

/** What stands between the parts of a form; none of their texts has it. */
function boundaryFor(seed: string): string {
  const random = randomFrom(`${seed} boundary`);
  return `speckit-${Array.from({ length: 16 }, () => random.int(0, 15).toString(16)).join("")}`;
}
