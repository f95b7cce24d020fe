import type { Landmark } from "./split-text.ts";

/** How a family of languages names what begins at a line: symbols at the top level and members of classes, titles of tests. Group 1 is the name. */
interface Language {
  readonly files: RegExp;
  readonly patterns: readonly RegExp[];
}

const tests =
  /^\s*(?:test|it|describe|suite|context|Scenario)(?:\.\w+)*\s*(?:\([^"'`]*)?\(\s*["'`](.{2,120}?)["'`]/;

const languages: readonly Language[] = [
  {
    files: /\.(?:[cm]?[jt]sx?|vue|svelte)$/,
    patterns: [
      /^(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\s*\*?|class|interface|type|enum|namespace)\s+([\w$]+)/,
      /^(?:export\s+)?(?:declare\s+)?(?:const|let|var)\s+([\w$]+)/,
      /^(?:module\.)?exports\.([\w$]+)\s*=/,
      /^([\w$]+(?:\.prototype)?\.[\w$]+)\s*=\s*(?:async\s+)?(?:function|\()/,
      /^\s{2,4}(?:(?:public|private|protected|static|override|readonly)\s+)*(?:async\s+)?\*?(?!if|for|while|switch|return|catch|function\b)(#?[\w$]+)\s*(?:<[^>]*>)?\([^;]*\{\s*$/,
      tests,
    ],
  },
  {
    files: /\.(?:py|pyi)$/,
    patterns: [
      /^(?:async\s+)?(?:def|class)\s+(\w+)/,
      /^\s{4}(?:async\s+)?def\s+(\w+)/,
      /^([A-Z_]{3,})\s*[:=]/,
    ],
  },
  {
    files: /\.go$/,
    patterns: [
      /^func\s+(?:\([^)]*\)\s*)?(\w+)/,
      /^(?:type|var|const)\s+(\w+)/,
      /^\s+t\.Run\(\s*["`]([^"`]+)/,
    ],
  },
  {
    files: /\.(?:java|kt|kts|cs|scala|groovy|swift|dart)$/,
    patterns: [
      /^\s{0,4}(?:(?:public|private|protected|internal|static|final|abstract|sealed|data|open|override|case)\s+)*(?:class|interface|enum|record|object|struct|protocol|trait|extension)\s+(\w+)/,
      /^\s{0,8}(?:(?:public|private|protected|internal|static|final|abstract|override|open|suspend|async|virtual)\s+)*(?:fun|func|def)\s+(?:<[^>]*>\s*)?[`]?([\w ]+?)[`]?\s*[(<]/,
      /^\s{2,8}(?:(?:public|private|protected|internal|static|final|abstract|override|synchronized|async|virtual)\s+)+[\w<>[\],.? ]+\s(\w+)\s*\(/,
    ],
  },
  {
    files: /\.rs$/,
    patterns: [
      /^\s{0,4}(?:pub(?:\([^)]*\))?\s+)?(?:async\s+|unsafe\s+|const\s+)*(?:fn|struct|enum|trait|mod|type|static)\s+(\w+)/,
      /^impl(?:<[^>]*>)?\s+([\w:<>]+(?:\s+for\s+\w+)?)/,
      /^macro_rules!\s+(\w+)/,
    ],
  },
  {
    files: /\.(?:rb|php|ex|exs)$/,
    patterns: [
      /^\s{0,4}(?:(?:public|private|protected|static|final|abstract)\s+)*(?:def|defp|function|class|module|defmodule|interface|trait)\s+([\w.:?!]+)/,
      /^\s*(?:it|describe|context|test)\s*\(?\s*["'](.{2,120}?)["']/,
    ],
  },
  {
    files: /\.(?:c|h|cc|cpp|cxx|hpp|hh|m|mm)$/,
    patterns: [
      /^(?:typedef\s+)?(?:struct|class|enum|union|namespace)\s+(\w+)/,
      /^#define\s+(\w+)/,
      /^(?!return|else|if|for|while|switch)[A-Za-z_][\w\s*&:<>,]*?\b([\w:~]+)\s*\([^;]*$/,
    ],
  },
  { files: /\.(?:sh|bash|zsh)$/, patterns: [/^(?:function\s+)?([\w-]+)\s*\(\)\s*\{/] },
  {
    files: /\.sql$/i,
    patterns: [
      /^\s*create\s+(?:or\s+replace\s+)?(?:\w+\s+)?(?:table|view|function|procedure|index|trigger)\s+(?:if\s+not\s+exists\s+)?["`]?([\w."]+)/i,
    ],
  },
  { files: /\.proto$/, patterns: [/^\s*(?:message|service|enum|rpc)\s+(\w+)/] },
  {
    files: /\.(?:graphql|gql)$/,
    patterns: [/^(?:type|input|interface|enum|union|scalar|query|mutation|fragment)\s+(\w+)/],
  },
  { files: /\.feature$/, patterns: [/^\s*(?:Feature|Scenario(?: Outline)?|Rule):\s*(.+)$/] },
];

/** Longer lines are data or generated. */
const MAX_LINE = 400;

/** Where symbols and tests of a source file begin. A comment or decorator directly above belongs to what it describes. */
export function symbolsIn(file: string, lines: readonly string[]): Landmark[] {
  const language = languages.find(({ files }) => files.test(file));
  if (!language) return [];
  const found: Landmark[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.length > MAX_LINE || line.length < 5) continue;
    const heading = nameIn(line, language.patterns);
    if (heading === undefined) continue;
    const start = Math.max(firstLineOf(lines, index), found.at(-1)?.line ?? 0);
    if (found.at(-1)?.line !== start + 1) found.push({ line: start + 1, heading });
  }
  return found;
}

function nameIn(line: string, patterns: readonly RegExp[]): string | undefined {
  for (const pattern of patterns) {
    const name = pattern.exec(line)?.[1];
    if (name !== undefined) return name.trim();
  }
  return undefined;
}

const aboveSymbol = /^\s*(?:\/\/|\/\*|\*|#(?!include|define|if|endif|else)|@\w|"""|--\s)/;

function firstLineOf(lines: readonly string[], index: number): number {
  let first = index;
  while (first > 0 && aboveSymbol.test(lines[first - 1] ?? "")) first--;
  return first;
}
