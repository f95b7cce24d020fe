import { type Options, UsageError } from "./command.ts";

/** The value of an option that has a few choices. */
export function choice<T extends string>(
  options: Options,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = options[name];
  if (value === undefined) return undefined;
  if (choices.includes(value as T)) return value as T;
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new UsageError(`${flag} must be one of ${choices.join(", ")}; it is '${String(value)}'.`);
}

/** The text of an option, undefined when it is not given. */
export function optionText(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}
