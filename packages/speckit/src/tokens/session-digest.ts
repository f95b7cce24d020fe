import { redact } from "./redact.ts";
import { decisionsIn, questionsIn } from "./said.ts";
import type { PlanStep, SessionEvent, ToolAction } from "./session.ts";

/** A command that failed, or another use of a tool. */
export interface SessionError {
  readonly what: string;
  readonly output: string;
  /** The same was done again later, without failing. */
  readonly mended: boolean;
}

/** What a session was about, in its own words. Nothing in it is a secret. */
export interface SessionDigest {
  /** What was asked first. */
  readonly goal: string;
  /** What was asked later, the newest last. */
  readonly asked: readonly string[];
  readonly decisions: readonly string[];
  /** Asked by the agent, and not answered. */
  readonly questions: readonly string[];
  /** The agent's list of things to do, as it was last. */
  readonly steps: readonly PlanStep[];
  /** Paths as the agent wrote them: how often each was edited and read, in the order of the first time. */
  readonly files: ReadonlyMap<string, { readonly edits: number; readonly reads: number }>;
  readonly errors: readonly SessionError[];
  /** Different commands, in the order of their last run. */
  readonly commands: readonly string[];
  readonly compactions: number;
  readonly secrets: number;
}

/** More than that is not kept of anything said: what is shown is far shorter. */
const CLIP = 4000;
/** Characters at an end that was cut which may begin a secret and are too few to be recognised. */
const HALF_SECRET = 200;
const NEWEST = 40;

/** Collects a digest while events go by; what it holds does not grow with the length of the session, except for the names of files. */
export class DigestCollector {
  #goal = "";
  #asked: string[] = [];
  #decisions: string[] = [];
  #questions: string[] = [];
  #steps: readonly PlanStep[] = [];
  readonly #files = new Map<string, { edits: number; reads: number }>();
  readonly #errors = new Map<string, SessionError>();
  readonly #commands = new Map<string, string>();
  readonly #waiting = new Map<string, ToolAction>();
  #compactions = 0;
  #secrets = 0;

  add(event: SessionEvent): void {
    if (event.kind === "prompt") this.#prompt(event.text);
    else if (event.kind === "answer") this.#answer(event.text);
    else if (event.kind === "tool") this.#tool(event.id, event.action);
    else if (event.kind === "result") this.#result(event.id, event.text, event.failed);
    else if (event.kind === "compacted") this.#compactions++;
  }

  digest(): SessionDigest {
    return {
      goal: this.#goal,
      asked: this.#asked,
      decisions: this.#decisions,
      questions: this.#questions,
      steps: this.#steps,
      files: this.#files,
      errors: [...this.#errors.values()],
      commands: [...this.#commands.values()],
      compactions: this.#compactions,
      secrets: this.#secrets,
    };
  }

  #clean(text: string): string {
    const start = text.slice(0, 2 * CLIP);
    const { text: clean, count } = redact(start);
    this.#secrets += count;
    // Redacted before it is cut, so that half a secret is never left: also where that made a long text short.
    return clean.slice(
      0,
      Math.min(CLIP, start === text ? clean.length : Math.max(0, clean.length - HALF_SECRET)),
    );
  }

  #prompt(text: string): void {
    const said = this.#clean(text).trim();
    if (said === "") return;
    if (this.#goal === "") this.#goal = said;
    else this.#asked = newest([...this.#asked, said]);
    // Whoever answers has seen the questions.
    this.#questions = [];
  }

  #answer(text: string): void {
    const said = this.#clean(text);
    this.#decisions = newest([...this.#decisions, ...decisionsIn(said)]);
    this.#questions = newest([...this.#questions, ...questionsIn(said)]);
  }

  #tool(id: string, action: ToolAction): void {
    this.#waiting.set(id, action);
    if (this.#waiting.size > 1000) this.#waiting.delete([...this.#waiting.keys()][0] ?? "");
    if (action.kind === "read") this.#touch(action.path, "reads");
    else if (action.kind === "edit") for (const path of action.paths) this.#touch(path, "edits");
    else if (action.kind === "plan")
      this.#steps = action.steps.map(({ text, done }) => ({ text: this.#clean(text), done }));
    else if (action.kind === "run") {
      const key = action.command.slice(0, CLIP);
      this.#commands.delete(key);
      this.#commands.set(key, this.#clean(action.command));
      if (this.#commands.size > NEWEST) this.#commands.delete([...this.#commands.keys()][0] ?? "");
    }
  }

  #touch(path: string, how: "edits" | "reads"): void {
    const touched = this.#files.get(path) ?? { edits: 0, reads: 0 };
    touched[how]++;
    this.#files.set(path, touched);
  }

  #result(id: string, text: string, failed: boolean): void {
    const action = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (!action || action.kind === "plan") return;
    const key = nameOf(action).slice(0, CLIP);
    const before = this.#errors.get(key);
    if (!failed) {
      if (before) this.#errors.set(key, { ...before, mended: true });
      return;
    }
    this.#errors.delete(key);
    this.#errors.set(key, { what: this.#clean(nameOf(action)), output: this.#clean(text), mended: false });
    if (this.#errors.size > NEWEST) this.#errors.delete([...this.#errors.keys()][0] ?? "");
  }
}

function nameOf(action: ToolAction): string {
  if (action.kind === "run") return action.command;
  if (action.kind === "read") return `read ${action.path}`;
  return action.kind === "edit"
    ? `edit ${action.paths.join(", ")}`
    : action.kind === "other"
      ? action.name
      : "plan";
}

/** The newest, each once. */
function newest(texts: readonly string[]): string[] {
  return [...new Set([...texts].reverse())].reverse().slice(-NEWEST);
}
