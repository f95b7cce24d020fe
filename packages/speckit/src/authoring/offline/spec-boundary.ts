import { wordStems } from "../../model/word-stems.ts";
import type { Workspace } from "../../model/workspace.ts";
import { open } from "../setup/plain.ts";
import { offeredBy } from "./offered.ts";
import { type DraftStory, storiesOf } from "./stories.ts";
import type { Upstream } from "./upstream.ts";
import { upperFirst } from "./words.ts";

/** What the boundary of a service is drawn from. */
export interface BoundaryFacts {
  readonly service: string;
  /** What somebody asks for; undefined where what is there is described. */
  readonly subject: string | undefined;
  /** The prompt says what the service does; else it is what the contracts tell, and the subject was no more than a name for it. */
  readonly isTold: boolean;
  readonly stories: readonly DraftStory[];
  readonly upstream: readonly Upstream[];
  readonly workspace: Workspace;
}

/** A sentence is no name of what a service does, or keeps. */
export const isSentence =
  /\s(?:can|may|must|should|shall|will|wants?|können|kann|dürfen|darf|sollen|soll|müssen|muss|peuvent|peut|doivent|doit|pueden?|deben?|podem?|devem?|может|могут|должн\p{L}+)\s|可以|能够|必须/iu;

/** What the service does that no other one claims, and what it leaves to those that it calls. */
export function boundary({ service, subject, isTold, stories, upstream, workspace }: BoundaryFacts): string {
  const isReplaced = stories.length > 0 && !isTold;
  const does = [
    ...(subject === undefined || isReplaced || isSentence.test(subject) ? [] : [upperFirst(subject)]),
    ...stories.map(({ claim }) => claim),
  ];
  const taken = claimsOfOthers(workspace, service);
  const unique = [...new Map(does.map((text) => [claimKey(text), text]))].filter(([key]) => !taken.has(key));
  const nots = upstream
    .filter(({ responsibility }) => responsibility !== "")
    .map(({ service: other, responsibility }) => `- ${responsibility} (${other} owns this)`);
  return [
    "### Service Boundary",
    "**Responsible for:**",
    ...(unique.length > 0
      ? unique.map(([, text]) => `- ${text}`)
      : [`- ${open(`What does ${service} alone decide or store?`)}`]),
    "",
    "**NOT responsible for:**",
    ...(nots.length > 0
      ? nots
      : [`- ${open(`What could a reader expect of ${service} that another service does?`)}`]),
  ].join("\n");
}

/** What every other service says that it does, or is seen to: two cannot claim the same. */
function claimsOfOthers({ services }: Workspace, own: string): Set<string> {
  const others = services.filter(({ name }) => name !== own);
  return new Set(
    others.flatMap((service) => [
      ...service.features.flatMap(({ spec }) => spec?.responsible.map(({ text }) => claimKey(text)) ?? []),
      ...(service.features.length > 0
        ? []
        : storiesOf([], offeredBy(service)).map(({ claim }) => claimKey(claim))),
    ]),
  );
}

function claimKey(text: string): string {
  return [...wordStems(text)].sort().join(" ") || text.toLowerCase();
}
