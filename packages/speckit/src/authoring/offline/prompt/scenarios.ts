/** A scenario that somebody wrote into a prompt, word for word. */
export interface ToldScenario {
  readonly kind: "scenario";
  /** What stands above it, else the beginning of what happens. */
  readonly title: string;
  readonly when: string;
  readonly outcome: string;
  /** `**Given** a registered user` */
  readonly steps: readonly { readonly word: string; readonly text: string }[];
}

/** How a language begins the three parts, and what goes on with one. */
const languages = [
  { given: "given", when: "when", outcome: "then", and: "and|but", or: "or" },
  { given: "angenommen|gegeben(?: sei(?:en)?)?", when: "wenn", outcome: "dann", and: "und|aber", or: "oder" },
  {
    given: "(?:étant )?donnée?s?(?: que?)?|soit",
    when: "quand|lorsque?",
    outcome: "alors",
    and: "et(?: que)?|mais",
    or: "ou",
  },
  {
    given: "dad[oa]s?(?: que)?",
    when: "cuando|quando",
    outcome: "entonces|então",
    and: "y|e|pero|mas",
    or: "o|ou",
  },
  { given: "假如|假设|假定|给定", when: "当", outcome: "那么|则", and: "并且|而且|但是", or: "或者" },
] as const;

/** Where a scenario may begin: at a line, at an item, behind a sentence. */
const opening = String.raw`(?<=^|[.!?;:：。；]\s*|\n)(?:[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+)?[ \t]*`;
const bold = String.raw`(?:\*\*|__)?`;
/** Another scenario, a heading, an item or an empty line ends it; so does a sentence. */
const end = String.raw`(?=[.!?;。；](?:\s|$)|(?<=[。；])|\n[ \t]*(?:\n|#|[-*+•][ \t]|\d{1,3}[.)][ \t]|(?:scenario|feature|szenario|scénario|escenario|cenário|场景)\b|GIVEN)|$)`;

interface Pattern {
  readonly whole: RegExp;
  /** A step of its own on a line of its own; within a line "and" is a word of the sentence. */
  readonly more: RegExp;
  readonly or: RegExp;
}

const patterns: readonly Pattern[] = languages.map(({ given, when, outcome, and, or }) => {
  const word = (words: string) => `${bold}(?:${words})${bold}[:：]?`;
  const isHan = /\p{Script=Han}/u.test(given);
  const after = isHan ? String.raw`[ \t]*` : String.raw`\s+`;
  const before = isHan ? String.raw`[\s,，。；]*` : String.raw`[\s,.;，]+`;
  return {
    whole: new RegExp(
      `${opening}${word(given)}${after}(.+?)${before}${word(when)}${after}(.+?)${before}${word(outcome)}${after}(.+?)${end.replace("GIVEN", `${word(given)}\\s`)}`,
      "gisu",
    ),
    more: new RegExp(`^[ \\t]*(${word(`${and}|${or}`)})${after}`, "iu"),
    or: new RegExp(`^${word(or)}$`, "iu"),
  };
});
const heading =
  /(?:^|\n)[ \t]*(?:#{1,6}[ \t]*)?(?:[-*][ \t]+)?(?:scenario(?: outline)?|szenario|scénario|escenario|cenário|场景|(?:P|US|User Story )\d+)[ \t]*[:：—–-][ \t]*([^\n]+?)[ \t]*\n?[ \t]*$/iu;

/** The scenarios that a prompt holds, in its order, and the prompt without them. */
export function takeScenarios(text: string): { scenarios: ToldScenario[]; rest: string } {
  const lines = text.replace(/\r\n?/g, "\n");
  for (const pattern of patterns) {
    const found = Array.from(lines.matchAll(pattern.whole));
    if (found.length === 0) continue;
    let rest = "";
    let from = 0;
    const scenarios = found.map(({ 0: all, 1: given = "", 2: when = "", 3: told = "", index }) => {
      const before = lines.slice(from, index).replace(/^[\s.!?;。；]+(?=\S|$)/, "");
      const title = heading.exec(before);
      rest += `${title ? before.slice(0, title.index) : before}\n`;
      const outcome = told.slice(
        0,
        endOf(told, all.slice(0, all.length - told.length).includes("\n"), pattern),
      );
      from = index + all.length - told.length + outcome.length;
      return scenarioOf(title?.[1], { given, when, outcome }, pattern);
    });
    return { scenarios, rest: rest + lines.slice(from).replace(/^[\s.!?;。；]+/, "") };
  }
  return { scenarios: [], rest: text };
}

/** Where its steps stand on lines of their own, a line that is none says something else; a line may go on with a small letter. */
function endOf(told: string, isInLines: boolean, { more }: Pattern): number {
  if (!isInLines) return told.length;
  let end = 0;
  for (const line of told.split("\n")) {
    if (end > 0 && !more.test(line) && !/^\s*\p{Ll}/u.test(line)) break;
    end += line.length + 1;
  }
  return Math.min(end, told.length);
}

function scenarioOf(
  title: string | undefined,
  { given, when, outcome }: Readonly<Record<"given" | "when" | "outcome", string>>,
  pattern: Pattern,
): ToldScenario {
  const parts = { Given: given, When: when, Then: outcome };
  const steps = Object.entries(parts).flatMap(([word, text]) => stepsOf(word, text, pattern));
  const first = (word: string) => steps.find((step) => step.word === word)?.text ?? "";
  const happens = first("When");
  return {
    kind: "scenario",
    title: title ?? titleFrom(happens),
    when: happens,
    outcome: first("Then"),
    steps,
  };
}

function stepsOf(word: string, text: string, { more, or }: Pattern): { word: string; text: string }[] {
  const steps: { word: string; text: string }[] = [];
  for (const line of text.split("\n")) {
    const [begun = "", next = ""] = more.exec(line) ?? [];
    const last = steps.at(-1);
    const own = oneLine(line.slice(begun.length));
    if (begun !== "" && last) steps.push({ word: or.test(next) ? "Or" : "And", text: own });
    else if (last) last.text = oneLine(`${last.text} ${own}`);
    else steps.push({ word, text: own });
  }
  return steps.filter((step) => step.text !== "");
}

/** Who does it is said in the scenario. */
const actor =
  /^(?:(?:they|he|she|it|i|we|you|er|sie|il|elle|on|él|ella|ele|ela)|(?:(?:the|an?|der|die|ein|eine|le|la|un|une|el|una|o|a|um|uma)\s+)[\p{L}-]+|users?|customers?)\s+(?:(?:try|tries) to\s+)?/iu;

function titleFrom(when: string): string {
  const words = when.replace(actor, "").split(" ").slice(0, 7).join(" ");
  return /\p{Script=Han}/u.test(words) ? words.slice(0, 20) : words;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replace(/^[\s,，]+|[\s,.;，。；]+$/g, "");
}
