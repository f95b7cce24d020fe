import { AuthorFailed, type AuthorRun, type TokensUsed } from "../../authoring/author.ts";
import type { AuthorPrompt } from "../../authoring/prompts/prompt.ts";
import { type AgentEvent, eventReader } from "./agent-events.ts";
import type { Headless } from "./agents.ts";
import { type ProgramEnd, type ProgramRun, runProgram } from "./run-program.ts";
import { type Environment, inOneLine, secretsOf } from "./secrets.ts";
import { waitOf } from "./wait-of.ts";

export interface AgentQuestion {
  readonly agent: Headless;
  readonly path: string;
  /** Arguments for this kind of work. */
  readonly more: readonly string[];
  readonly cwd: string;
  readonly env: Environment;
  readonly prompt: AuthorPrompt;
}

/** No document and no report of an agent is as long. */
const LONGEST_ANSWER = 4_000_000;
const TRIES = 3;
const FIRST_PAUSE_MS = 2000;

/** What agents say when their provider has no room for them right now. */
const passing = /\b(?:429|529|503|overloaded|rate.?limit(?:ed)?|too many requests|resource.?exhausted)\b/i;

/**
 * Runs an agent once and returns what it answered, without secrets; when its provider has no room it is asked again, at most twice.
 * @throws AuthorFailed in one sentence, or the reason of the run's signal
 */
export async function askAgent(question: AgentQuestion, run: AuthorRun): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    if (isSpent(run)) throw new AuthorFailed(spent);
    const { answer, failure } = await askOnce(question, run);
    if (failure === undefined) return answer;
    if (attempt === TRIES || !passing.test(failure))
      throw new AuthorFailed(`${name(question)} failed: ${failure}`);
    await pause(waitOf(failure) ?? FIRST_PAUSE_MS * 2 ** (attempt - 1), run.signal);
  }
}

async function askOnce(question: AgentQuestion, run: AuthorRun) {
  const { agent, path, more, cwd, env, prompt } = question;
  const hide = secretsOf(env);
  const answer = new Answer(run, hide);
  const tooLong = new AbortController();
  const read = eventReader(agent.output);
  const { code, errors } = await started({
    program: path,
    arguments: [...agent.arguments, ...more],
    cwd,
    env,
    input: `${prompt.system}\n\n${prompt.work}\n`,
    signal: AbortSignal.any([run.signal, tooLong.signal]),
    onLine: (line) => {
      for (const event of read(line)) {
        // What came before the last count is paid for; only what is shown after it goes on. A message that was shown in pieces is repeated.
        if (isSpent(run) && (event.shown ?? "") !== "") tooLong.abort(new AuthorFailed(spent));
        answer.take(event);
      }
      if (answer.length > LONGEST_ANSWER)
        tooLong.abort(new AuthorFailed(`${name(question)} writes without end, and was ended.`));
    },
  });
  const said = answer.failed ?? lastLine(errors);
  const ended = code === undefined ? "it was ended from outside" : `it ended with code ${code}`;
  const failure =
    answer.failed !== undefined || code !== 0
      ? `${inOneLine(said, hide) || "it does not say why"} (${ended}). ${advice(said, agent)}`.trim()
      : undefined;
  return { answer: hide(answer.text), failure };
}

/** @throws AuthorFailed when the system cannot start it */
async function started(run: ProgramRun): Promise<ProgramEnd> {
  try {
    return await runProgram(run);
  } catch (error) {
    const { syscall = "", code = "" } = error as NodeJS.ErrnoException;
    if (!syscall.startsWith("spawn")) throw error;
    throw new AuthorFailed(`${run.program} cannot be started (${code}). Run it once by yourself.`);
  }
}

const spent = "The limit of tokens is reached. Raise it with --token-limit, or authors.token_limit.";

function isSpent({ tokensLeft }: AuthorRun): boolean {
  return tokensLeft !== undefined && tokensLeft() <= 0;
}

/** Puts together what an agent says, and passes on what whoever watches wants to know. */
class Answer {
  failed: string | undefined;
  length = 0;
  readonly #run: AuthorRun;
  readonly #hide: (text: string) => string;
  #pieces: string[] = [];
  #result = "";
  #used: TokensUsed = { input: 0, output: 0 };

  constructor(run: AuthorRun, hide: (text: string) => string) {
    this.#run = run;
    this.#hide = hide;
  }

  get text(): string {
    const text = this.#pieces.join("");
    return text.trim() === "" ? this.#result : text;
  }

  take({ shown, piece, message, result, step, total, failed }: AgentEvent): void {
    if (shown) this.#run.progress(this.#hide(shown));
    if (piece) this.#add(piece);
    if (message !== undefined) this.#add(`\n\n${message}\n\n`);
    if (result !== undefined) this.#result = result;
    if (step) this.#use({ input: this.#used.input + step.input, output: this.#used.output + step.output });
    if (total) this.#use(total);
    this.failed ??= failed;
  }

  #add(text: string): void {
    this.#pieces.push(text);
    this.length += text.length;
  }

  #use(now: TokensUsed): void {
    const input = Math.max(0, now.input - this.#used.input);
    const output = Math.max(0, now.output - this.#used.output);
    this.#used = now;
    if (input + output > 0) this.#run.used({ input, output });
  }
}

function name({ agent }: AgentQuestion): string {
  return `agent:${agent.name}`;
}

function lastLine(errors: string): string {
  return errors.trim().split("\n").at(-1)?.trim() ?? "";
}

function advice(said: string, { program }: Headless): string {
  return /\b(?:401|403|unauthori[sz]ed|log ?in|authenticat\w*|api key|credentials?)\b/i.test(said)
    ? `Run ${program} once by yourself and sign in.`
    : "";
}

/** @throws the signal's reason */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { setTimeout: wait } = await import("node:timers/promises");
  await wait(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}
