import type { Source } from "../source.ts";

export interface Imported {
  /** What the module calls it; `default` or `*`. */
  readonly name: string;
  readonly from: string;
}

/** What each name that a file takes from modules stands for. */
export function importsOf(source: Source): Map<string, Imported> {
  const imports = new Map<string, Imported>();
  const add = (names: string, from: string) => {
    const braces = /\{([^}]*)\}/.exec(names);
    for (const part of (braces?.[1] ?? "").split(",")) {
      const match = /(?:type\s+)?([\w$]+)(?:\s+as\s+|\s*:\s*)?([\w$]*)\s*$/.exec(part.trim());
      if (match?.[1]) imports.set(match[2] || match[1], { name: match[1], from });
    }
    const rest = names.replace(/\{[^}]*\}/, "");
    const whole = /\*\s*as\s+([\w$]+)/.exec(rest)?.[1];
    if (whole !== undefined) imports.set(whole, { name: "*", from });
    const standard = /^\s*(?:type\s+)?([A-Za-z_$][\w$]*)/.exec(rest.replace(/\*\s*as\s+[\w$]+/, ""))?.[1];
    if (standard !== undefined) imports.set(standard, { name: "default", from });
  };
  for (const { 1: names = "", end } of source.matches(/^[ \t]*import\s+([^"'`;]*?)\s+from\s*(?=["'])/gm)) {
    const literal = source.literalAt(end);
    if (literal) add(names, literal.content);
  }
  for (const { 1: names = "", end } of source.matches(
    /\b(?:const|let|var)\s+([^=;]+?)\s*=\s*(?:await\s+import|require)\s*\(\s*(?=["'`])/g,
  )) {
    const literal = source.literalAt(end);
    if (literal) add(names.trim(), literal.content);
  }
  return imports;
}
