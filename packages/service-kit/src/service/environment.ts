/** The variables of a process, or what stands for them in a test. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable is missing or wrong; the message names it and says what it should be. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/** The value of a variable that a service cannot start without. An empty one counts as missing. Throws `EnvironmentError`. */
export function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (!value) throw new EnvironmentError(`${name} is missing.`);
  return value;
}

/** The value of a variable, undefined when it is missing or empty. */
export function optional(environment: Environment, name: string): string | undefined {
  return environment[name] || undefined;
}

/** A whole number, `fallback` when the variable is missing. Throws `EnvironmentError` when it is none or out of bounds. */
export function optionalNumber(
  environment: Environment,
  name: string,
  fallback: number,
  { min = 0, max = Number.MAX_SAFE_INTEGER }: { readonly min?: number; readonly max?: number } = {},
): number {
  const text = optional(environment, name);
  if (text === undefined) return fallback;
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new EnvironmentError(`${name} is "${text}", which is no whole number from ${min} to ${max}.`);
}

/** A URL with one of the schemes. Throws `EnvironmentError` without showing the value, which may hold a password. */
export function requiredUrl(environment: Environment, name: string, schemes: readonly string[]): string {
  const value = required(environment, name);
  if (URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1))) return value;
  throw new EnvironmentError(
    `${name} is no address that begins with ${schemes.map((scheme) => `${scheme}://`).join(" or ")}.`,
  );
}
