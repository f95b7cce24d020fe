import { kebab } from "../offline/words.ts";
import { plain } from "../setup/plain.ts";

const reserved = new Set(
  "await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield arguments eval".split(
    " ",
  ),
);

/** `user.profile.created`, `log-in`: a name in TypeScript that begins small. `otherwise` is for what has no letter, and stands before what must not be a name. */
export function camel(text: string, otherwise = "own"): string {
  const words = kebab(text).split("-").filter(Boolean);
  const name = words.map((word, index) => (index === 0 ? word : capital(word))).join("");
  if (name === "") return otherwise;
  return reserved.has(name) || /^\P{L}/u.test(name) ? `${otherwise}${capital(name)}` : name;
}

/** The same as the name of a type. */
export function capitalized(text: string, otherwise = "own"): string {
  return capital(camel(text, otherwise));
}

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

/** A string as TypeScript writes it. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`);
}

/** A property's name, in quotes where it needs them. */
export function property(name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : quoted(name);
}

/** Somebody else's text inside of a comment. */
export function remark(text: string, most = 110): string {
  return plain(text, most).replaceAll("*/", "* /");
}

/** A value of JSON as TypeScript writes it, on one line where it is short. */
export function literal(value: unknown, indent = ""): string {
  const short = shortLiteral(value);
  if (short.length + indent.length <= 100 || typeof value !== "object" || value === null) return short;
  const deeper = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => `${deeper}${literal(item, deeper)},`)
    : Object.entries(value).map(([name, inner]) => `${deeper}${property(name)}: ${literal(inner, deeper)},`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${open}\n${lines.join("\n")}\n${indent}${close}`;
}

function shortLiteral(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  if (Array.isArray(value)) return `[${value.map(shortLiteral).join(", ")}]`;
  const entries = Object.entries(value).map(([name, inner]) => `${property(name)}: ${shortLiteral(inner)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** Names that a file takes from another, sorted as the linter of our services sorts them. */
export function imported(names: readonly string[], from: string): string[] {
  const all = [...new Set(names)].sort((a, b) =>
    bare(a).localeCompare(bare(b), "en", { sensitivity: "base" }),
  );
  if (all.length === 0) return [];
  const isTypes = all.every((name) => name.startsWith("type "));
  const written = isTypes ? all.map(bare) : all;
  const line = `import ${isTypes ? "type " : ""}{ ${written.join(", ")} } from "${from}";`;
  if (line.length <= 110) return [line];
  return [`import ${isTypes ? "type " : ""}{`, ...written.map((name) => `  ${name},`), `} from "${from}";`];
}

const bare = (name: string) => name.replace(/^type /, "");

/** Lines of a file; what is false is left out, and no two empty lines follow each other. */
export function lines(...parts: readonly (string | false | undefined | readonly string[])[]): string {
  const all = parts.flatMap((part) => (part === false || part === undefined ? [] : part));
  return `${all
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}
