import type { FinishReason, LanguageModel, LanguageModelUsage } from "ai";
import { AuthorFailed, type AuthorRun } from "../../authoring/author.ts";
import type { AuthorPrompt } from "../../authoring/prompts/prompt.ts";
import { loadTokenCounter } from "../../tokens/count.ts";
import { loadPackages } from "./load-packages.ts";
import { modelFailure } from "./model-errors.ts";
import type { Access, Provider } from "./providers.ts";
import { type Environment, inOneLine, secretsOf } from "./secrets.ts";

export interface ModelQuestion {
  readonly provider: Provider;
  readonly access: Access;
  readonly env: Environment;
  readonly prompt: AuthorPrompt;
}

/** Less than this is not worth an answer that will be cut off. */
const LEAST_OUTPUT = 500;
/** Without a limit of their own models write at most about as much. */
const USUAL_OUTPUT = 16_000;

/**
 * Asks a model once and returns what it answered, without secrets. The AI SDK asks again where the provider has no room, when it says it will have.
 * @throws AuthorFailed in one sentence, or the reason of the run's signal
 */
export async function askModel(question: ModelQuestion, run: AuthorRun): Promise<string> {
  const { provider, access, env, prompt } = question;
  const hide = secretsOf(env);
  run.signal.throwIfAborted();
  const [{ streamText }, model] = await loadPackages(provider, () =>
    Promise.all([import("ai"), provider.connect(access)]),
  );
  // What it has to say of settings that a model ignores is for nobody here.
  (globalThis as { AI_SDK_LOG_WARNINGS?: boolean }).AI_SDK_LOG_WARNINGS = false;
  const most = await mostOutput(provider, prompt, run);
  const { fullStream } = streamText({
    model: model as LanguageModel,
    system: prompt.system,
    prompt: prompt.work,
    abortSignal: run.signal,
    onError: () => undefined,
    ...(most === undefined ? {} : { maxOutputTokens: most }),
  });
  let answer = "";
  let reason: FinishReason | undefined;
  try {
    for await (const part of fullStream) {
      if (part.type === "text-delta") answer += part.text;
      if (part.type === "text-delta" || part.type === "reasoning-delta") run.progress(hide(part.text));
      if (part.type === "error") throw part.error;
      if (part.type !== "finish") continue;
      reason = part.finishReason;
      run.used(tokensOf(part.totalUsage));
    }
  } catch (error) {
    run.signal.throwIfAborted();
    throw new AuthorFailed(inOneLine(modelFailure(error, provider, access.model), hide));
  }
  run.signal.throwIfAborted();
  demandWhole(reason, answer, question);
  return hide(answer);
}

/**
 * How much may be written, beside what has to be read; undefined leaves it to the provider.
 * @throws AuthorFailed when there is no room for an answer
 */
async function mostOutput(
  { mostOutput: usual }: Provider,
  { system, work }: AuthorPrompt,
  { tokensLeft }: AuthorRun,
): Promise<number | undefined> {
  if (tokensLeft === undefined) return usual;
  const asked = `${system}\n\n${work}`;
  const all = tokensLeft();
  // Counting takes a moment, and mostly there is room enough: hardly any text has more tokens than this.
  const isRoomy = asked.length * 2 + USUAL_OUTPUT <= all;
  const left = isRoomy ? all : all - (await loadTokenCounter())(asked);
  if (left < LEAST_OUTPUT)
    throw new AuthorFailed(
      "The limit of tokens is reached. Raise it with --token-limit, or authors.token_limit.",
    );
  if (usual !== undefined) return Math.min(usual, left);
  return left < USUAL_OUTPUT ? left : undefined;
}

/** What was read anew: what a provider keeps costs next to nothing. */
function tokensOf({ inputTokens = 0, inputTokenDetails, outputTokens = 0 }: LanguageModelUsage) {
  return {
    input: Math.max(0, inputTokens - (inputTokenDetails?.cacheReadTokens ?? 0)),
    output: outputTokens,
  };
}

/** @throws AuthorFailed for an answer that is not all there */
function demandWhole(
  reason: FinishReason | undefined,
  answer: string,
  { provider: { name }, access: { model } }: ModelQuestion,
): void {
  const author = `model:${name}/${model}`;
  if (reason === "content-filter")
    throw new AuthorFailed(`${author} refused to answer this. Say it in other words.`);
  if (reason === "length")
    throw new AuthorFailed(
      `${author} wrote as much as it may and was cut off. Raise --token-limit, or ask for less at a time.`,
    );
  if (reason !== "stop")
    throw new AuthorFailed(`The answer of ${author} was cut off in the middle. Run the command again.`);
  if (answer.trim() === "")
    throw new AuthorFailed(
      `${author} answered nothing. Run the command again, or draft with --author offline.`,
    );
}
