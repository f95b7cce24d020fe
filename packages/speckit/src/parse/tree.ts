import { CORE_SCHEMA, load, mergeTag, YAMLException } from "js-yaml";
import { type ParseError, parse as parseJsonc, printParseErrorCode } from "jsonc-parser";
import type { ReadingProblem } from "../model/contract.ts";
import { isSwagger, upgradeSwagger } from "./swagger.ts";
import { positionOf } from "./text.ts";

/** A YAML or JSON document as plain values. `value` is undefined when nothing could be read. */
export interface Tree {
  readonly file: string;
  readonly value: unknown;
  readonly problems: readonly ReadingProblem[];
}

/** Contracts nest about 30 deep; the limit keeps a hostile file from exhausting the stack. */
const MAX_DEPTH = 300;
/** Aliases share nodes in memory; written out, a "billion laughs" document would have more nodes than any contract. */
const MAX_NODES = 20_000_000;
const MAX_YAML_CHARS = 25_000_000;

const yamlSchema = CORE_SCHEMA.withTags(mergeTag);

/** Reads YAML 1.2 or JSON; a Swagger 2.0 document comes in the shape of OpenAPI 3, see `originOf`. Never throws: what could not be understood stands in `problems`. */
export function parseTree(file: string, text: string): Tree {
  const trimmed = text.trimStart();
  if (trimmed === "") return { file, value: undefined, problems: [problem(file, "is empty", text, 0)] };
  const tree = isJsonText(file, text) ? parseJson(file, text) : parseYaml(file, text);
  return isSwagger(tree.value) ? { ...tree, value: upgradeSwagger(tree.value) } : tree;
}

/** By name; or by looks, in files that are called neither way: JSON begins with a bracket, a quote follows. */
export function isJsonText(file: string, text: string): boolean {
  return (
    /\.(?:json|avsc)$/.test(file) ||
    (!/\.ya?ml$/.test(file) && /^\s*[[{]\s*["\]}[{]/.test(text.slice(0, 1000)))
  );
}

function parseJson(file: string, text: string): Tree {
  try {
    const value: unknown = JSON.parse(text);
    return isDeeperThan(MAX_DEPTH, value) ? tooDeep(file, text) : { file, value, problems: [] };
  } catch {
    const errors: ParseError[] = [];
    let value: unknown;
    try {
      value = parseJsonc(text, errors, { allowTrailingComma: true, disallowComments: false });
    } catch {
      return tooDeep(file, text);
    }
    const [first] = errors;
    if (!first) {
      const reason = "has comments or trailing commas, which JSON does not allow";
      return { file, value, problems: [{ ...problem(file, reason, text, 0), severity: "warning" }] };
    }
    const reason = `is not valid JSON: ${words(printParseErrorCode(first.error))}`;
    return { file, value: undefined, problems: [problem(file, reason, text, first.offset)] };
  }
}

function parseYaml(file: string, text: string): Tree {
  if (text.length > MAX_YAML_CHARS) {
    const reason = `has ${Math.round(text.length / 1e6)} million characters; YAML is read up to ${MAX_YAML_CHARS / 1e6} million`;
    return { file, value: undefined, problems: [problem(file, reason, text, 0)] };
  }
  const first = loadYaml(file, text, false);
  const duplicate = first.problems[0]?.rule === "duplicate-key" ? first.problems[0] : undefined;
  if (!duplicate) return first;
  // The last of two equal keys wins, as in JSON: the rest of the file is still worth reading.
  const again = loadYaml(file, text, true);
  return { ...again, problems: [duplicate, ...again.problems] };
}

function loadYaml(file: string, text: string, json: boolean): Tree {
  try {
    const value = load(text, { schema: yamlSchema, json, maxDepth: MAX_DEPTH });
    if (text.includes("*") && countNodes(value, MAX_NODES) > MAX_NODES) {
      return {
        file,
        value: undefined,
        problems: [problem(file, "repeats itself through aliases into millions of values", text, 0)],
      };
    }
    return { file, value, problems: [] };
  } catch (error) {
    if (!(error instanceof YAMLException)) return tooDeep(file, text);
    const position = error.mark?.position ?? 0;
    // The mark of a quoted key stands behind its quote.
    const offset = /["']/.test(text[position - 1] ?? "") ? position - 1 : position;
    if (error.reason === "duplicated mapping key") {
      const key = /^\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^:\n]*?))\s*:/.exec(text.slice(offset, offset + 200));
      const name = key?.[1] ?? key?.[2] ?? key?.[3] ?? "";
      const message = `The key '${name}' stands twice in the same mapping; only the last one counts.`;
      const at = { file, ...positionOf(text, offset) };
      return { file, value: undefined, problems: [{ rule: "duplicate-key", message, at }] };
    }
    return {
      file,
      value: undefined,
      problems: [problem(file, `is not valid YAML: ${error.reason}`, text, offset)],
    };
  }
}

function tooDeep(file: string, text: string): Tree {
  return {
    file,
    value: undefined,
    problems: [problem(file, `nests deeper than ${MAX_DEPTH} levels`, text, 0)],
  };
}

function problem(file: string, reason: string, text: string, offset: number): ReadingProblem {
  return {
    rule: "unreadable-file",
    message: `${file} ${reason}.`,
    at: { file, ...positionOf(text, offset) },
  };
}

function words(camelCase: string): string {
  return camelCase.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();
}

/** Whether collections nest deeper than `limit`. */
function isDeeperThan(limit: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (limit === 0) return true;
  for (const key in value) {
    const child = (value as Record<string, unknown>)[key];
    if (typeof child === "object" && child !== null && isDeeperThan(limit - 1, child)) return true;
  }
  return false;
}

/** Number of nodes when every alias is written out. Shared nodes are counted once and multiplied, so this is quick on any input. */
function countNodes(root: unknown, limit: number): number {
  const sizes = new Map<object, number>();
  const size = (value: unknown): number => {
    if (typeof value !== "object" || value === null) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    // A node that contains itself would be endless when written out.
    sizes.set(value, limit + 1);
    let sum = 1;
    for (const child of Object.values(value)) sum += size(child);
    sizes.set(value, sum);
    return sum;
  };
  return size(root);
}
