import type { Facts } from "./facts.ts";
import { type Choice, type Chosen, fit } from "./fit.ts";
import { endpointChoices } from "./quick-ref/endpoint-choices.ts";
import { fewWords } from "./quick-ref/few-words.ts";
import { integrationChoices } from "./quick-ref/integration-choices.ts";
import { keyFiles } from "./source-files.ts";

const quickRefSections = ["Endpoints", "Key Files", "Environment", "Integration"] as const;

/** Sections that a person wrote: they stand as they are, and the rest has what they leave of the tokens. */
export type StandingSections = ReadonlyMap<string, string>;

export interface QuickRef {
  readonly text: string;
  readonly leftOut: number;
}

/** What one needs to know of a service to work with it, in the form of a page of `target` tokens at most. */
export function quickRef(
  facts: Facts,
  target: number,
  count: (text: string) => number,
  standing: StandingSections,
): QuickRef {
  const choices = [
    ...endpointChoices(facts, target),
    ...files(facts),
    ...environment(facts),
    ...integrationChoices(facts),
  ].filter(({ section }) => !standing.has(section));
  const write = (chosen: Chosen, note = "") => pageOf(facts, choices, chosen, standing, note);
  const chosen = fit(choices, (some) => count(write(some)) <= target);
  const leftOut = chosen.filter((text) => text === undefined).length;
  if (leftOut === 0) return { text: write(chosen), leftOut };
  const noted = write(chosen, `More in ai-doc.md: ${leftOut === 1 ? "1 line" : `${leftOut} lines`}`);
  return { text: count(noted) <= target ? noted : write(chosen), leftOut };
}

function pageOf(
  { service }: Facts,
  choices: readonly Choice[],
  chosen: Chosen,
  standing: StandingSections,
  note: string,
): string {
  const planned = service.implemented ? "" : "\nPlanned: there is no code yet.\n";
  const title = standing.get("title")?.trimEnd() ?? `# ${service.name} Quick Reference\n${planned}`.trimEnd();
  const sections = quickRefSections.map((section) => {
    const lines = chosen.filter((text, index) => text !== undefined && choices[index]?.section === section);
    return standing.get(section) ?? (lines.length === 0 ? "" : `**${section}:**\n${lines.join("\n")}`);
  });
  const known: ReadonlySet<string> = new Set(["title", "note", ...quickRefSections]);
  const others = [...standing].filter(([name]) => !known.has(name)).map(([, text]) => text);
  const parts = [title, ...sections, ...others, standing.get("note") ?? note];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function files(facts: Facts): Choice[] {
  const known = facts.service.implemented ? keyFiles(facts.files) : [];
  const entries =
    known.length > 0
      ? known.map(({ path, purpose, exports }) => ({
          path,
          words:
            purpose ??
            exports
              .slice(0, 2)
              .map(({ name }) => name)
              .join(", "),
        }))
      : plannedFiles(facts).map((path) => ({ path, words: "planned" }));
  return entries.slice(0, 12).map(({ path, words }, index): Choice => {
    const short = fewWords(words);
    return {
      section: "Key Files",
      forms: [
        { text: `- ${path}`, worth: index < 2 ? 90 - index : 62 - index * 4 },
        ...(short === ""
          ? []
          : [{ text: `- ${path} - ${short}`, worth: index < 2 ? 88 - index : 61.5 - index * 4 }]),
      ],
    };
  });
}

/** Source files that tasks are to make. */
function plannedFiles({ feature }: Facts): string[] {
  const all = (feature?.tasks?.tasks ?? [])
    .filter(({ state }) => state !== "dropped")
    .flatMap(({ files: own }) => own);
  return [...new Set(all)].filter(
    (file) =>
      /\.\w+$/.test(file) && !/(?:^|\/)(?:tests?|contracts|specs)\/|\.(?:md|json|toml|txt|ya?ml)$/.test(file),
  );
}

function environment(facts: Facts): Choice[] {
  return facts.variables.slice(0, 20).map(
    ({ name, meaning }, index): Choice => ({
      section: "Environment",
      forms: [
        { text: `- ${name}`, worth: index < 2 ? 86 - index : 64 - index * 3 },
        ...(meaning === undefined
          ? []
          : [
              {
                text: `- ${name} - ${fewWords(withoutDatabase(facts, meaning))}`,
                worth: index < 2 ? 85.5 - index : 63.5 - index * 3,
              },
            ]),
      ],
    }),
  );
}

/** Its name stands below "Integration". */
function withoutDatabase({ database: { name } }: Facts, meaning: string): string {
  return name === undefined ? meaning : meaning.replace(` to ${name}`, "");
}
