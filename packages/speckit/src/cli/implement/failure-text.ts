import { renderErrorContextText } from "../../render/error-context-text.ts";
import type { Io, Options } from "../command.ts";
import { diagnosed } from "../diagnosed.ts";
import type { Work } from "./work.ts";

const LONGEST = 6000;

/** What went wrong, and what the engine knows of it: for whoever tries again. */
export async function failureText(
  { opened }: Work,
  failure: string,
  options: Options,
  io: Io,
): Promise<string> {
  const context = await diagnosed(opened.read, failure, undefined, options, io);
  const { causes, places, touches } = context;
  if (causes.length + places.length + touches.length === 0) return failure;
  const known = renderErrorContextText(context, "", { color: false, columns: 100 }).replace(
    /\n+Next:[^\n]*\n*$/,
    "",
  );
  return `${failure}\n\n${known}`.slice(0, LONGEST);
}
