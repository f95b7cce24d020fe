import { existsSync, readFileSync, rmSync } from "node:fs";
import { type Author, AuthorFailed } from "../../authoring/author.ts";
import type { Implementer } from "../../authoring/implementer.ts";
import { offlineAuthor } from "../../authoring/offline/offline-author.ts";
import { documentIn } from "../../authoring/prompts/document-in.ts";
import { draftPrompt } from "../../authoring/prompts/draft-prompt.ts";
import { declinedIn } from "../../authoring/prompts/files-in.ts";
import { taskPrompt } from "../../authoring/prompts/task-prompt.ts";
import { pathBelow } from "../setup/safe-path.ts";
import { writeAtomically } from "../write-file.ts";
import type { Headless } from "./agents.ts";
import { putAside } from "./aside.ts";
import { askAgent } from "./ask-agent.ts";
import { documentOf } from "./document-of.ts";
import { type Environment, inOneLine, secretsOf } from "./secrets.ts";

/** Where an agent is and what it works on. */
export interface AgentPlace {
  readonly agent: Headless;
  /** Where its program stands. */
  readonly path: string;
  readonly root: string;
  readonly env: Environment;
  /** A command of the configuration, as a person should see it before it runs. */
  readonly shown: string | undefined;
}

/** Drafts come from an agent's command line: what it answers, or what it wrote to the file itself. */
export function agentAuthor(place: AgentPlace): Author {
  const id = `agent:${place.agent.name}`;
  return {
    id,
    needsPack: true,
    command: place.shown,
    async draft(assignment, before, run) {
      const skeleton = await offlineAuthor.draft(assignment, undefined, run);
      const prompt = draftPrompt(assignment, skeleton, before);
      const own = new WrittenByItself(place, assignment.file);
      const answer = await askAgent(
        { ...place, more: place.agent.toDraft, cwd: place.root, prompt },
        run,
      ).catch((error: unknown) => own.undo(error));
      const found = documentIn(answer);
      const isCertain = found.kind === "found" && found.isCertain;
      // Some agents rather write the file than answer with it, some do both. Where one may only read, a person wrote it, and goes on.
      const wrote = isCertain && place.agent.toDraft.length > 0 ? undefined : own.takeBack();
      if (wrote) run.note?.(`What was written to ${assignment.file} meanwhile is in ${wrote.aside}.`);
      if (wrote && !isCertain) return wrote.text;
      return documentOf(found, id, inOneLine(answer, secretsOf(place.env), 120));
    },
  };
}

/** The file of a draft, which an agent may write itself: then it stands as it was again, until the engine has judged what the agent wrote. */
class WrittenByItself {
  readonly #place: AgentPlace;
  readonly #file: string;
  readonly #path: string;
  readonly #stood: Buffer | undefined;

  constructor(place: AgentPlace, file: string) {
    this.#place = place;
    this.#file = file;
    this.#path = pathBelow(place.root, file);
    this.#stood = contentOf(this.#path);
  }

  /** What stands in the file now and where it was put aside, when that is something else: a person may have written it. */
  takeBack(): { readonly text: string; readonly aside: string } | undefined {
    const now = contentOf(this.#path);
    if (now === undefined || this.#stood?.equals(now) === true) return undefined;
    const { root, env } = this.#place;
    const aside = putAside(root, this.#file, now);
    if (this.#stood) writeAtomically(this.#path, this.#stood);
    else rmSync(this.#path, { force: true });
    return { text: secretsOf(env)(now.toString("utf8")), aside };
  }

  /** An agent that did not get to its end leaves nothing half-written behind. */
  undo(error: unknown): never {
    const wrote = this.takeBack();
    if (wrote && error instanceof AuthorFailed)
      error.message += ` What was written to ${this.#file} meanwhile is in ${wrote.aside}.`;
    throw error;
  }
}

function contentOf(path: string): Buffer | undefined {
  return existsSync(path) ? readFileSync(path) : undefined;
}

/** Tasks are done by an agent that edits the files of the service itself. */
export function agentImplementer(place: AgentPlace): Implementer {
  return {
    id: `agent:${place.agent.name}`,
    command: place.shown,
    edits: true,
    async implement(assignment, run) {
      const prompt = taskPrompt(assignment, "edits");
      const answer = await askAgent(
        { ...place, more: place.agent.toImplement, cwd: place.root, prompt },
        run,
      );
      const declined = declinedIn(answer);
      const said = inOneLine(declined ?? answer, secretsOf(place.env), 1000);
      if (said === "" && declined === undefined)
        throw new AuthorFailed(`agent:${place.agent.name} ended without a word about ${assignment.task.id}.`);
      return { files: [], said, ...(declined === undefined ? {} : { declined: true }) };
    },
  };
}
