import type { Operation } from "../../model/contract.ts";
import { nameOf } from "../../model/operation-purpose.ts";
import type { Requirement, Story } from "../../model/spec.ts";
import type { FeatureFacts } from "./feature-facts.ts";
import { bestFit } from "./stories.ts";

/** What a story has to do with. */
export interface StoryShare {
  readonly story: Story;
  readonly operations: readonly Operation[];
  readonly published: readonly string[];
  readonly consumed: readonly string[];
  readonly requirements: readonly Requirement[];
}

type Rest = Omit<StoryShare, "story">;

/** Gives each operation and event to one story, the first that names it, else one whose title says what it does; requirements to all that they name. */
export function assignToStories(facts: FeatureFacts): { phases: StoryShare[]; rest: Rest } {
  const { stories, operations, published, consumed, spec } = facts;
  const ownerOf = ownersOf(facts);
  const namer = (event: string) => stories.find((story) => textOf(story).includes(event));
  const live = spec.requirements.filter(({ withdrawn }) => !withdrawn);
  const serves = (requirement: Requirement, story: Story) =>
    requirement.mentions.includes(story.id) ||
    requirement.mentions.includes(story.title) ||
    textOf(story).includes(requirement.id);
  return {
    phases: stories.map((story) => ({
      story,
      operations: operations.filter((operation) => ownerOf.get(operation) === story),
      published: published.filter((event) => namer(event) === story),
      consumed: consumed.filter((event) => namer(event) === story),
      requirements: live.filter((requirement) => serves(requirement, story)),
    })),
    rest: {
      operations: operations.filter((operation) => ownerOf.get(operation) === undefined),
      published: published.filter((event) => namer(event) === undefined),
      consumed: consumed.filter((event) => namer(event) === undefined),
      requirements: live.filter((requirement) => !stories.some((story) => serves(requirement, story))),
    },
  };
}

function textOf({ title, scenarios }: Story): string {
  return [title, ...scenarios.map(({ whole }) => whole)].join(" ");
}

/** `logIn` in a text is the operation; `refresh` may be any word. */
const isName = /[a-z\d][A-Z]|[_.-]/;

/** A story that names what it does needs nothing that only sounds like it: else what nobody asks for would change hands. */
function ownersOf({ stories, operations }: FeatureFacts): Map<Operation, Story> {
  const owners = new Map<Operation, Story>();
  const give = (find: (operation: Operation) => Story | undefined) => {
    for (const operation of operations) {
      const story = owners.has(operation) ? undefined : find(operation);
      if (story) owners.set(operation, story);
    }
  };
  give((operation) => stories.find((story) => names(story, operation)));
  const named = new Set(owners.values());
  const loose = stories
    .filter((story) => !named.has(story))
    .map((story) => ({ kind: "part", name: story.title, story }) as const);
  give((operation) => bestFit(loose, operation)?.story);
  return owners;
}

function names(story: Story, operation: Operation): boolean {
  const whole = new RegExp(`${nameOf(operation).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w/{-])`);
  const text = textOf(story);
  const { operationId } = operation;
  return (
    whole.test(text) || (operationId !== undefined && isName.test(operationId) && text.includes(operationId))
  );
}
