import type { Sample } from "./corpus.ts";
import { mutate } from "./mutate.ts";
import { type Random, randomFrom } from "./random.ts";
import type { Input } from "./read-anything.ts";

/** Files that are read as one workspace. */
export const FILES_A_WORKSPACE = 4;

const encoder = new TextEncoder();

/** A contract and a damaged copy of it, for the `index`th comparison of a run; undefined when there is no contract to damage. */
export function pairOf(
  seed: number,
  index: number,
  corpus: readonly Sample[],
): { sample: Sample; damaged: string } | undefined {
  const random = randomFrom(seed + index * 104_729);
  const contracts = corpus.filter(({ file }) => !file.endsWith(".md"));
  if (contracts.length === 0) return undefined;
  const sample = random.pick(contracts);
  return { sample, damaged: mutate(sample.text, random, random.pick(contracts).text) };
}

/** The files of the `index`th workspace of a run: it depends on nothing but seed, index and corpus. */
export function inputsOf(seed: number, index: number, corpus: readonly Sample[]): Input[] {
  const random = randomFrom(seed + index * 7919);
  const inputs = Array.from({ length: FILES_A_WORKSPACE }, () => inputFrom(random, corpus));
  // Two files of one path are one file.
  return [...new Map(inputs.map((input) => [input.file, input])).values()];
}

function inputFrom(random: Random, corpus: readonly Sample[]): Input {
  const { file, text } = random.pick(corpus);
  if (random.chance(0.03)) return { file, bytes: noise(random) };
  const bytes = encoder.encode(
    random.chance(0.04) ? writtenValue(random, file) : mutate(text, random, random.pick(corpus).text),
  );
  return { file, bytes: random.chance(0.03) ? withBrokenBytes(bytes, random) : bytes };
}

function noise(random: Random): Uint8Array {
  return Uint8Array.from({ length: random.below(500) }, () => random.below(256));
}

function withBrokenBytes(bytes: Uint8Array, random: Random): Uint8Array {
  return bytes.map((byte) => (random.chance(0.01) ? random.below(256) : byte));
}

/** A well-formed document in which anything stands anywhere. */
function writtenValue(random: Random, file: string): string {
  const value = {
    ...(anyObject(random, 0) as object),
    [file.includes("events") ? "events" : "openapi"]: anyValue(random, 0),
  };
  return JSON.stringify(value, null, random.chance(0.5) ? 2 : 0);
}

const keys = [
  ...[
    "openapi",
    "info",
    "paths",
    "/api/v1/orders",
    "get",
    "post",
    "parameters",
    "requestBody",
    "responses",
    "200",
  ],
  ...[
    "content",
    "application/json",
    "schema",
    "type",
    "properties",
    "required",
    "items",
    "$ref",
    "allOf",
    "enum",
  ],
  ...[
    "events",
    "eventType",
    "version",
    "consumers",
    "data",
    "const",
    "components",
    "schemas",
    "security",
    "tags",
  ],
  ...["__proto__", "constructor", "toString", "", "a/b~c", "ключ", "validation", "strict", "rules", "cache"],
];

function anyObject(random: Random, depth: number): unknown {
  return Object.fromEntries(
    Array.from({ length: random.below(5) }, () => [random.pick(keys), anyValue(random, depth + 1)]),
  );
}

function anyValue(random: Random, depth: number): unknown {
  const choice = random.below(depth > 6 ? 7 : 10);
  if (choice > 7) return anyObject(random, depth);
  if (choice === 7) return Array.from({ length: random.below(4) }, () => anyValue(random, depth + 1));
  return [null, true, -1.5, "", random.pick(keys), "#/components/schemas/Order", "3.1.0"][choice];
}
