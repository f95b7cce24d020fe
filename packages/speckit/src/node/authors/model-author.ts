import { type Author, AuthorFailed } from "../../authoring/author.ts";
import type { Implementer } from "../../authoring/implementer.ts";
import { offlineAuthor } from "../../authoring/offline/offline-author.ts";
import { documentIn } from "../../authoring/prompts/document-in.ts";
import { draftPrompt } from "../../authoring/prompts/draft-prompt.ts";
import { filesIn } from "../../authoring/prompts/files-in.ts";
import { taskPrompt } from "../../authoring/prompts/task-prompt.ts";
import { askModel } from "./ask-model.ts";
import { documentOf } from "./document-of.ts";
import type { Access, Provider } from "./providers.ts";
import { type Environment, inOneLine, secretsOf } from "./secrets.ts";

/** A model, and how it is reached. */
export interface ModelPlace {
  readonly provider: Provider;
  readonly access: Access;
  readonly env: Environment;
}

/** Drafts come from a model that sees nothing but its prompt. */
export function modelAuthor(place: ModelPlace): Author {
  const id = idOf(place);
  return {
    id,
    needsPack: true,
    async draft(assignment, before, run) {
      const skeleton = await offlineAuthor.draft(assignment, undefined, run);
      const prompt = draftPrompt(assignment, skeleton, before);
      const answer = await askModel({ ...place, prompt }, run);
      return documentOf(documentIn(answer), id, inOneLine(answer, secretsOf(place.env), 120));
    },
  };
}

/** Tasks are done by a model that answers with files; the engine writes them. */
export function modelImplementer(place: ModelPlace): Implementer {
  const id = idOf(place);
  return {
    id,
    async implement(assignment, run) {
      const answer = await askModel({ ...place, prompt: taskPrompt(assignment, "answers") }, run);
      const handedIn = filesIn(answer);
      if (handedIn.kind === "cut-off")
        throw new AuthorFailed(
          `The answer of ${id} was cut off: ${JSON.stringify(handedIn.file)} has no end. Raise --token-limit, or make the task smaller.`,
        );
      const { files, declined } = handedIn;
      const said = inOneLine(handedIn.said, secretsOf(place.env), 1000);
      if (files.length === 0 && declined !== true)
        throw new AuthorFailed(`${id} handed in no file for ${assignment.task.id}: “${said.slice(0, 120)}”`);
      return { files, said, ...(declined === true ? { declined } : {}) };
    },
  };
}

function idOf({ provider, access }: ModelPlace): string {
  return `model:${provider.name}/${access.model}`;
}
