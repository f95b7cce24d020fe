/** Context windows by the beginning of a model's name, the longest first where one begins like another. */
const windows: readonly (readonly [RegExp, number])[] = [
  // Claude Code marks the larger window in the name.
  [/^claude.*\[1m\]$/, 1_000_000],
  [/^claude/, 200_000],
  [/^gpt-4\.1/, 1_047_576],
  [/^gpt-4o/, 128_000],
  [/^(?:gpt-5|codex)/, 272_000],
  [/^o[34]/, 200_000],
  [/^gemini/, 1_048_576],
  [/^grok/, 256_000],
  [/^(?:qwen3|kimi)/, 262_144],
  [/^deepseek/, 128_000],
  [/^glm/, 200_000],
];
const CLAUDE_LARGE = 1_000_000;

/**
 * How many tokens a model's context holds; undefined for models that are not known. `used` is what was seen to be in it: Claude has a larger window
 * for those who ask, which its name need not say.
 * Source: the providers' lists of models; for OpenAI's GPT-5 models what is left for input beside the largest output.
 */
export function contextLimit(model: string | undefined, used = 0): number | undefined {
  const name = model?.toLowerCase().replace(/^.*\//, "") ?? "";
  const limit = windows.find(([pattern]) => pattern.test(name))?.[1];
  return limit !== undefined && isClaude(name) && used > limit ? CLAUDE_LARGE : limit;
}

/** Whether a model has Claude's tokenizer, of which counts are estimates. */
export function isClaude(model: string | undefined): boolean {
  return model !== undefined && /(?:^|\/|\.)claude/i.test(model);
}
