import type { CallableParameter } from "../../model/callable-operation.ts";
import { boundaryValues } from "../schema/boundary-values.ts";
import { invalidValues } from "../schema/invalid-values.ts";
import { makeValue } from "../schema/made-value.ts";
import { isReadAs } from "../schema/read-as.ts";
import { isValid } from "../schema/schema-errors.ts";
import type { DraftContext } from "./requests-for.ts";
import { arrives } from "./written-parameters.ts";

/** Parameters of one request with their values. */
export type ChosenParameters = ReadonlyMap<CallableParameter, unknown>;

interface ParameterDraft {
  readonly title: string;
  readonly parameters: ChosenParameters;
}

interface InvalidDraft extends ParameterDraft {
  readonly refusals: readonly string[];
  readonly isFormat: boolean;
}

interface ParameterDrafts {
  /** What must be there, for a request of that title. */
  readonly required: (title: string) => ChosenParameters;
  readonly all: (title: string) => ChosenParameters;
  readonly boundary: readonly ParameterDraft[];
  readonly invalid: readonly InvalidDraft[];
}

/** The values that parameters are given; undefined when one that is required cannot be made up. */
export function parameterDrafts(context: DraftContext): ParameterDrafts | undefined {
  const { parameters, path } = context.operation;
  const described = new Set(
    parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name),
  );
  if ([...path.matchAll(/\{([^{}]*)\}/g)].some(([, name = ""]) => !described.has(name))) return undefined;
  const values = new Map(parameters.map((parameter) => [parameter, usualValue(parameter, context, "")]));
  if (parameters.some((parameter) => parameter.required && values.get(parameter) === undefined))
    return undefined;
  const known = parameters.filter((parameter) => values.get(parameter) !== undefined);
  const choose = (wanted: readonly CallableParameter[]) => (title: string) =>
    new Map(
      wanted.map((parameter) => [
        parameter,
        isUsedOnce(parameter) ? usualValue(parameter, context, title) : values.get(parameter),
      ]),
    );
  const required = choose(known.filter((parameter) => parameter.required));
  return {
    required,
    all: choose(known.filter((parameter) => parameter.required || !isOpaque(parameter))),
    boundary: known.flatMap((parameter) => boundaryOf(parameter, values.get(parameter), required, context)),
    invalid: [
      ...known.flatMap((parameter) => missing(parameter, required)),
      ...known.flatMap((parameter) => brokenValues(parameter, values.get(parameter), required, context)),
    ],
  };
}

/** Only the service knows what to put in there: it gave the value out before. */
function isOpaque({ name }: CallableParameter): boolean {
  return /cursor|page-?_?token|continuation/i.test(name);
}

/** A second request with the same value means the first one again. */
function isUsedOnce({ name, in: where }: CallableParameter): boolean {
  return where === "header" && /idempotency|nonce/i.test(name);
}

function usualValue(parameter: CallableParameter, context: DraftContext, title: string): unknown {
  const { name, in: where, schema, examples } = parameter;
  const given = context.givenFor(name);
  if (given !== undefined) return given;
  const learnt = where === "path" ? context.learntFor(name) : undefined;
  if (learnt !== undefined && isReadAs(schema, learnt)) return learnt;
  const example = isUsedOnce(parameter) ? undefined : examples.find((one) => isValid(schema, one));
  return example ?? makeArriving(parameter, `${context.seed} ${name} ${title}`);
}

/** A value that comes through as it is; some seeds make texts that do not. */
function makeArriving(parameter: CallableParameter, seed: string): unknown {
  for (let tries = 0; tries < 10; tries++) {
    const value = makeValue(parameter.schema, { optional: "none", useExamples: true }, `${seed} ${tries}`);
    if (value !== undefined && arrives(parameter, value)) return value;
  }
  return simple.find((value) => isValid(parameter.schema, value) && arrives(parameter, value));
}

/** What comes through everywhere: texts that are made are of several words, and no cookie holds a blank. */
const simple = ["tea", "tea-100", "100", "a"];

function boundaryOf(
  parameter: CallableParameter,
  value: unknown,
  required: ParameterDrafts["required"],
  { seed, givenFor }: DraftContext,
): ParameterDraft[] {
  // What exists there is known by its value; another one is nobody's.
  if (parameter.in === "path" || isOpaque(parameter) || givenFor(parameter.name) !== undefined) return [];
  return boundaryValues(parameter.schema, value, seed)
    .filter((variant) => variant.value !== null && arrives(parameter, variant.value))
    .map(({ title, value: edge }) => {
      const words = title.replace(/^the body/, `${parameter.in} parameter '${parameter.name}'`);
      return { title: words, parameters: new Map([...required(words), [parameter, edge]]) };
    });
}

function missing(parameter: CallableParameter, required: ParameterDrafts["required"]): InvalidDraft[] {
  if (!parameter.required || parameter.in === "path") return [];
  const title = `no ${parameter.in} parameter '${parameter.name}'`;
  const parameters = new Map([...required(title)].filter(([other]) => other !== parameter));
  return [{ title, parameters, refusals: ["400", "422"], isFormat: false }];
}

function brokenValues(
  parameter: CallableParameter,
  value: unknown,
  required: ParameterDrafts["required"],
  { seed }: DraftContext,
): InvalidDraft[] {
  const { name, in: where, schema } = parameter;
  // A list or an object can be read from its text in too many ways to be sure that none is allowed.
  if (typeof value === "object") return [];
  return invalidValues(schema, value, seed).flatMap(({ title, value: broken, isFormat }) => {
    if (typeof broken === "object" || isReadAs(schema, broken)) return [];
    if (!arrives(parameter, broken)) return [];
    const words = title.replace(/^the body/, `${where} parameter '${name}'`);
    const refusals = where === "path" ? ["404", "400", "422"] : ["400", "422"];
    return [
      { title: words, parameters: new Map([...required(words), [parameter, broken]]), refusals, isFormat },
    ];
  });
}
