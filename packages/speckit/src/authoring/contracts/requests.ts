import type { Spec, Story } from "../../model/spec.ts";

const fails =
  /\b(?:does not answer|doesn['’]t answer|is (?:down|away|unavailable|unreachable)|times? out|refuses|without a (?:valid )?token)\b/i;

/** The stories that a caller begins with a request: not those of events, nor of what happens when another service is away, nor of what nobody said. */
export function requestStories({ stories, upstream, consumes, publishes }: Spec): Story[] {
  return stories.filter((story) => {
    const text = `${story.title} ${story.scenarios.map(({ whole }) => whole).join(" ")}`;
    const begins = text.split(/\bThen\b/)[0] ?? "";
    const isOfEvent = [...consumes, ...publishes].some(({ event }) => begins.includes(event));
    const isOfProcess = /\bthe service is running\b/i.test(begins);
    const isFailure =
      fails.test(begins) &&
      (upstream.some(({ service }) => begins.includes(service)) || /\btoken\b/i.test(begins));
    const isOpen = /When\s+\[NEEDS CLARIFICATION/.test(begins);
    return (
      !story.withdrawn && story.scenarios.length > 0 && !isOfEvent && !isOfProcess && !isFailure && !isOpen
    );
  });
}

/** What a story says in one of its steps, without its keyword. */
export interface StoryText {
  readonly given: string;
  readonly when: string;
  readonly outcome: string;
}

export function textOf({ scenarios }: Story): StoryText {
  const text = scenarios[0]?.whole ?? "";
  const [before = "", then = ""] = splitOnce(text, /\bThen:?\s+/);
  const [given = "", when = ""] = splitOnce(before, /\bWhen:?\s+/);
  return { given: given.replace(/^Given:?\s+/, "").trim(), when: when.trim(), outcome: then.trim() };
}

function splitOnce(text: string, at: RegExp): [string, string] {
  const match = at.exec(text);
  return match ? [text.slice(0, match.index), text.slice(match.index + match[0].length)] : [text, ""];
}

/** "with email and password": the properties that a request is said to carry. */
export function fieldsIn({ given, when }: StoryText): string[] {
  const word = "[a-z][a-z-]*(?: [a-z][a-z-]*)?";
  const list = new RegExp(
    `\\bwith (?:an? |the |their )?(${word}(?:, (?:an? )?${word})*,? and (?:an? )?${word})(?=[,.;]|$| (?:to|for|when|in|on|at)\\b)`,
    "i",
  );
  const found = (list.exec(when) ?? list.exec(given))?.[1];
  return found === undefined
    ? []
    : found.split(/, (?:and )?| and /).map((name) => name.replace(/^an? /, "").trim());
}

/** The statuses that a scenario says, in numbers. */
export function statusesIn({ outcome }: StoryText): string[] {
  const said =
    /\b(?:returns?|answers?|responds?(?: with)?|status|HTTP|with|or|and)\s+(?:with\s+)?(?:status\s+)?([1-5]\d\d)\b(?!\s*(?:ms|s|seconds?|items?|bytes?|%))/gi;
  return [...new Set(Array.from(outcome.matchAll(said), ([, status = ""]) => status))];
}
