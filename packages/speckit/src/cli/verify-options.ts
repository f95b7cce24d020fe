import { type Io, type Options, UsageError } from "./command.ts";
import { optionText } from "./options.ts";

/** Where the service is. */
export function urlGiven(options: Options): URL {
  const text = optionText(options, "url") ?? "";
  const whole = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(whole) || !/^https?:$/.test(new URL(whole).protocol))
    throw new UsageError(`--url '${text}' is no address. Pass one such as http://127.0.0.1:3000.`);
  return new URL(whole);
}

/** The credential of the command line, or of the variable that it names. */
export function tokenGiven(options: Options, { env }: Io): string | undefined {
  const token = optionText(options, "token");
  const variable = optionText(options, "tokenEnv");
  if (variable === undefined) return token && sendable(token, "--token");
  if (token !== undefined)
    throw new UsageError("--token and --token-env both say what the token is. Pass one of them.");
  const value = env[variable];
  if (value === undefined || value === "")
    throw new UsageError(`The variable ${variable} of --token-env is not set.`);
  return sendable(value, `The variable ${variable}`);
}

/** A credential without the line break that many a file ends with. */
function sendable(token: string, origin: string): string {
  const trimmed = token.trim();
  if (/^[\x20-\x7E]+$/.test(trimmed)) return trimmed;
  throw new UsageError(`${origin} has characters that cannot be sent in a header.`);
}

/** `--set orderId=7 --set getOrder.orderId=8`. */
export function valuesGiven(options: Options): Record<string, string> {
  return Object.fromEntries(
    textsGiven(options, "set").map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1) throw new UsageError(`--set '${pair}' is no NAME=VALUE, such as orderId=7.`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** `--header "X-Tenant: shop"`. */
export function headersGiven(options: Options): Record<string, string> {
  return Object.fromEntries(
    textsGiven(options, "header").map((line) => {
      const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):\s*(.*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined)
        throw new UsageError(`--header '${line}' is no header, such as 'X-Tenant: shop'.`);
      if (!/^[\x20-\x7E]*$/.test(value))
        throw new UsageError(`--header '${name}' has characters that cannot be sent in a header.`);
      return [name.toLowerCase(), value];
    }),
  );
}

/** The values of an option that may stand several times. */
export function textsGiven(options: Options, name: string): string[] {
  const value = options[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

/** A whole number, at least `least`. */
export function numberGiven(options: Options, name: string, otherwise: number, least: number): number {
  const text = optionText(options, name);
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new UsageError(`--${name} must be a whole number from ${least} on; it is '${text}'.`);
  return value;
}
