import { commandOf, flagOf, type Tool } from "./tool.ts";

/**
 * The line with the next command as the call of a tool, `Next: impact {"subject":"order.created"}`; as it is where no tool is meant. A command that
 * would give the same as data is left out: an answer has its data with it.
 */
export function asNextCall(text: string, tools: readonly Tool[]): string {
  return text
    .replace(/\nNext: speckit .* --json(?=\n*$)/, "")
    .replace(/^(Next: )speckit (.+)$/gm, (line, lead: string, command: string) => {
      const call = callOf(wordsOf(command), tools);
      return call === undefined ? line : `${lead}${call}`;
    });
}

function wordsOf(command: string): string[] {
  return [...command.matchAll(/"[^"]*"|[^\s"]+/g)].map(([word]) => word.replace(/^"|"$/g, ""));
}

function callOf([command, ...rest]: readonly string[], tools: readonly Tool[]): string | undefined {
  const tool = tools.find((candidate) => commandOf(candidate) === command);
  if (!tool) return undefined;
  const args: Record<string, unknown> = {};
  const words: string[] = [];
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] as string;
    // Who asks about nothing in particular asks about all.
    if (tool.flags?.includes(word) || word === "--all") continue;
    if (!word.startsWith("--")) {
      words.push(word);
      continue;
    }
    const [flag, bound] = split(word);
    const name = argumentOf(flag, tool);
    if (name === undefined) return undefined;
    const type = tool.arguments[name]?.type ?? "integer";
    args[name] = type === "boolean" ? true : valueAs(bound ?? rest[++index] ?? "", type);
  }
  const said = sayWords(words, tool);
  return said && `${tool.name} ${JSON.stringify({ ...said, ...args })}`;
}

function argumentOf(flag: string, { arguments: known, ownBudget }: Tool): string | undefined {
  if (ownBudget !== undefined && flag === `--${ownBudget}`) return "maxTokens";
  return Object.keys(known).find((name) => flagOf(name) === flag);
}

/** `--service=a` in its two halves; the second is undefined where the value is the next word. */
function split(word: string): [flag: string, value: string | undefined] {
  const at = word.indexOf("=");
  return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function valueAs(value: string, type: string): unknown {
  return type === "integer" ? Number(value) : type === "array" ? value.split(",") : value;
}

/** Words under the names of the arguments they are; undefined when the tool takes none. */
function sayWords(words: readonly string[], { words: names = [], arguments: known }: Tool) {
  if (words.length === 0) return {};
  const [first, ...others] = names;
  if (first === undefined) return undefined;
  if (known[first]?.type === "array") return { [first]: words };
  if (others.length === 0) return { [first]: words.join(" ") };
  return Object.fromEntries(names.map((name, index) => [name, words[index]]));
}
