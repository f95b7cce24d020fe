import { type Pack, partText } from "../authoring/pack.ts";

/** A pack with what it was made for. */
export interface ContextPack extends Pack {
  readonly purpose: string;
  readonly service: string | undefined;
  readonly about: string | undefined;
  readonly budget: number;
}

const MOST_LEFT_OUT = 4;

/** The pack as an agent reads it: Markdown, each part below the place that it stands at. */
export function renderContextPack(
  { purpose, service, about, budget, parts, leftOut }: ContextPack,
  next: string,
): string {
  const head = [
    `# Context for ${purpose}${service === undefined ? "" : `: ${service}`}`,
    ...(about === undefined ? [] : [`About: ${about}`]),
    parts.length === 0
      ? leftOut.length === 0
        ? "Nothing was found that belongs here."
        : `No part fits into ${budget} tokens.`
      : `${parts.length} part${parts.length === 1 ? "" : "s"}, at most ${budget} tokens; each below its place.`,
  ];
  return `${[...head, "", ...parts.map(partText), ...leftOutLines(leftOut), `Next: ${next}`].join("\n")}\n`;
}

function leftOutLines(leftOut: Pack["leftOut"]): string[] {
  if (leftOut.length === 0) return [];
  const tokens = leftOut.reduce((sum, part) => sum + part.tokens, 0);
  const first = leftOut
    .slice(0, MOST_LEFT_OUT)
    .map((part) => `- ${part.file}:${part.line}-${part.endLine} (${part.tokens}): ${part.reason}`);
  return [
    `Left out for the budget: ${leftOut.length} part${leftOut.length === 1 ? "" : "s"}, ${tokens} tokens. The first of them:`,
    ...first,
    "",
  ];
}

const MOST_LISTED = 20;

export function contextPackJson(
  { purpose, service, about, budget, parts, leftOut }: ContextPack,
  tokens: number,
): string {
  return `${JSON.stringify(
    {
      schemaVersion: 1,
      command: "context",
      purpose,
      service,
      about,
      budget,
      tokens,
      parts,
      leftOut: {
        parts: leftOut.length,
        tokens: leftOut.reduce((sum, part) => sum + part.tokens, 0),
        first: leftOut.slice(0, MOST_LISTED),
      },
    },
    null,
    2,
  )}\n`;
}
