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
  throw new UsageError(`${flagOf(name)} must be one of ${choices.join(", ")}; it is '${String(value)}'.`);
}

/** The text of an option, undefined when it is not given. */
export function optionText(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}

/** A number of tokens, `200000` or `200k`; undefined when it is not given. */
export function tokensOption(options: Options, name: string): number | undefined {
  const given = optionText(options, name);
  if (given === undefined) return undefined;
  const [, digits = "", unit = ""] = /^(\d+)([kKmM]?)$/.exec(given) ?? [];
  const tokens = Number(digits) * ({ k: 1000, m: 1_000_000 }[unit.toLowerCase()] ?? 1);
  if (digits === "" || tokens === 0)
    throw new UsageError(
      `${flagOf(name)} must be a number of tokens, such as 200000 or 200k; it is '${given}'.`,
    );
  return tokens;
}

/** `tokenLimit` as it is written: `--token-limit`. */
function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
