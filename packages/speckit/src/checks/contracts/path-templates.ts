import type { Operation } from "../../model/contract.ts";
import type { NodePlace } from "../../model/location.ts";

/** The names in a path's braces: `id` and `orderId` of `/users/{id}/orders/{orderId}`. */
export function templateNames({ path }: Operation): string[] {
  const [, ...parts] = path.split("{");
  return parts.map((part) => part.slice(0, Math.max(0, part.indexOf("}")))).filter(Boolean);
}

/**
 * The names of the path parameters that an operation declares. Undefined when that cannot be said: a reference among them leads nowhere, or the
 * query is written into the path, so that nobody knows which is which.
 */
export function declaredNames({ parameters, path }: Operation): string[] | undefined {
  if (parameters.some(({ name }) => name === "") || path.includes("?")) return undefined;
  return parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
}

/** Whether path and parameters name the same things, which they nearly always do: a look that costs less than listing them. */
export function namesAgree({ path, parameters }: Operation): boolean {
  let declared = 0;
  for (const { name, in: where } of parameters) {
    if (where !== "path") continue;
    if (!path.includes(`{${name}}`)) return false;
    declared++;
  }
  let braces = 0;
  for (let at = path.indexOf("{"); at !== -1; at = path.indexOf("{", at + 1)) braces++;
  return declared === braces;
}

/** Where the path of an operation stands: the item that holds its methods. */
export function pathPlace({ at }: Operation): NodePlace {
  return { file: at.file, pointer: at.pointer.slice(0, at.pointer.lastIndexOf("/")) };
}
