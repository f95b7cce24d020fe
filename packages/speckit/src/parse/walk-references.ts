import type { ReadingProblem } from "../model/contract.ts";
import { joinPointer } from "./pointer.ts";
import { type LoadValue, resolveReference } from "./references.ts";

/** Keys whose values are data of the contract's users, in which `$ref` means nothing. */
const DATA_KEYS: ReadonlySet<string> = new Set(["example", "default", "enum", "const"]);

export interface ReferenceWalk {
  /** `$ref`s of this file and of the files they lead to that have no target, or that only lead back to themselves. */
  readonly unresolved: readonly ReadingProblem[];
  /** Every file that the walk read, except the first, sorted. */
  readonly references: readonly string[];
}

/** Follows every `$ref` of a document and of the files it leads to. Each target is resolved once however often it is named. */
export function walkReferences(file: string, value: unknown, load: LoadValue): ReferenceWalk {
  const unresolved: ReadingProblem[] = [];
  const visited = new Set<string>([file]);
  const queue: { file: string; value: unknown }[] = [{ file, value }];
  for (let document = queue.pop(); document; document = queue.pop()) {
    const { file: from, value: root } = document;
    const known = new Map<string, string | undefined>();
    const reasonFor = (ref: string, pointer: string): string | undefined => {
      const resolution = resolveReference(ref, { file: from, pointer, value: undefined }, root, load);
      if (resolution.kind === "missing") return resolution.reason;
      if (resolution.kind === "remote") return undefined;
      const { node } = resolution;
      if (!visited.has(node.file)) {
        visited.add(node.file);
        queue.push({ file: node.file, value: load(node.file) });
      }
      return isLoop(node.value, node.file, root, from, load)
        ? `'${ref}' only leads back to itself`
        : undefined;
    };
    for (const { ref, pointer } of referencesIn(root)) {
      if (!known.has(ref)) known.set(ref, reasonFor(ref, pointer));
      const reason = known.get(ref);
      if (reason)
        unresolved.push({
          rule: "unresolved-reference",
          message: `'${ref}' leads nowhere: ${reason}.`,
          at: { file: from, pointer },
        });
    }
  }
  visited.delete(file);
  return { unresolved, references: [...visited].sort() };
}

function* referencesIn(root: unknown): Generator<{ ref: string; pointer: string }> {
  const stack: { value: unknown; pointer: string }[] = [{ value: root, pointer: "" }];
  const seen = new Set<object>();
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { value, pointer } = top;
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const [key, member] of Object.entries(value)) {
      if (key === "$ref" && typeof member === "string")
        yield { ref: member, pointer: joinPointer(pointer, key) };
      else if (typeof member === "object" && !DATA_KEYS.has(key) && !key.startsWith("x-")) {
        stack.push({ value: member, pointer: joinPointer(pointer, key) });
      }
    }
  }
}

/** A node that is nothing but a reference, whose chain never arrives anywhere. A recursive schema is no loop: it has a node on its way. */
function isLoop(target: unknown, file: string, root: unknown, from: string, load: LoadValue): boolean {
  const seen = new Set<unknown>();
  let value = target;
  let at = file;
  while (typeof value === "object" && value !== null && "$ref" in value && typeof value.$ref === "string") {
    if (Object.keys(value).length > 1) return false;
    if (seen.has(value)) return true;
    seen.add(value);
    const document = at === from ? root : load(at);
    const next = resolveReference(value.$ref, { file: at, pointer: "", value }, document, load);
    if (next.kind !== "found") return false;
    value = next.node.value;
    at = next.node.file;
  }
  return false;
}
