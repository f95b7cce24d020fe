import type { Operation } from "../../model/contract.ts";
import { kebab } from "./words.ts";

/**
 * An operation as a file's name: its id, else its path, with the method where several share the path. `all` are those of its service; of two
 * with the same name the later has a number.
 */
export function operationFile(operation: Operation, all: readonly Operation[]): string {
  const name = nameOf(operation, all);
  const same = all.filter((other) => nameOf(other, all) === name);
  const at = same.indexOf(operation);
  return at > 0 ? `${name}-${at + 1}` : name;
}

function nameOf({ operationId, method, path }: Operation, all: readonly Operation[]): string {
  const isAlone = all.filter((other) => other.path === path).length < 2;
  const words = path.replace(/^\/?(?:api\/)?(?:v\d+\/)?/, "");
  const names = [operationId ?? "", isAlone ? words : "", `${method} ${words}`];
  // Not every tool that reads a path reads every script.
  return names.map(kebab).find((name) => /^[a-z0-9-]+$/.test(name)) ?? "operation";
}
