import { kebab } from "../offline/words.ts";
import { unwritten } from "./pointer.ts";
import type { ServicePlan } from "./service-plan.ts";

/** What nobody has written yet in files that follow from contracts, a sentence for each. */
export function remains(files: readonly string[], plan: ServicePlan): string[] {
  const { operations, consumed } = partsIn(files, plan);
  const stories = plan.stories.filter(({ story }) =>
    files.includes(`test/scenarios/${kebab(story.title)}.test.ts`),
  );
  return [
    ...operations.map(
      ({ label, scenario, contract }) => `${label} answers 501. ${unwritten(scenario, label, contract)}`,
    ),
    ...consumed.map(({ event, scenario, contract }) =>
      unwritten(scenario, `What ${event} changes`, contract),
    ),
    ...stories.map(({ story }) => `It fails until somebody has written ${story.id}: ${story.title}.`),
  ];
}

/** Why a task is nobody's who knows contracts alone, and what holds until it is done. */
export function leftToSomebody(files: readonly string[], plan: ServicePlan): string {
  const { operations, consumed } = partsIn(files, plan);
  const [first] = [...operations, ...consumed];
  const labels = operations.map(({ label }) => label);
  const [operation, event] = [labels[0], consumed[0]?.event];
  const does = operation ? `What ${operation} does` : `What ${event ?? "it"} changes`;
  const what = first?.scenario?.title ?? does;
  const at = first?.scenario?.at ?? first?.contract;
  const until =
    labels.length > 0 && ` Until then ${labels.join(", ")} ${labels.length > 1 ? "answer" : "answers"} 501.`;
  return `${what} is for an agent or a person to write${at ? `: see ${at}` : ""}.${until || ""}`;
}

function partsIn(files: readonly string[], { operations, consumed }: ServicePlan) {
  return {
    operations: operations.filter(({ file }) => files.includes(`src/routes/${file}.ts`)),
    consumed: consumed.filter(({ event }) => files.includes(`src/consumers/${kebab(event)}.ts`)),
  };
}
