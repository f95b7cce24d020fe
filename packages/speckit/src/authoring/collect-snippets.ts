import type { Locate } from "../model/location.ts";
import { contractsOf, type Feature, type Service, type Workspace } from "../model/workspace.ts";
import { contractSnippets, membersOf } from "./contract-snippets.ts";
import { type Snippet, type SnippetKind, snippetsIn } from "./snippet.ts";

export interface SnippetSources {
  readonly workspace: Workspace;
  /** The service to work on; undefined for the fleet. */
  readonly service: Service | undefined;
  readonly textOf: (file: string) => string | undefined;
  readonly locate: Locate;
  /** Contracts in small pieces, for those who look for one thing. */
  readonly fine: boolean;
}

/** Everything that documents and contracts say of a service, of those it has to do with, and of all. */
export function collectSnippets({ workspace, service, textOf, locate, fine }: SnippetSources): Snippet[] {
  const own = service ? [service] : workspace.services;
  const related = service ? relatedTo(workspace, service.name) : new Map<string, readonly string[]>();
  const read = (file: string | undefined, kind: SnippetKind, name: string | undefined): Snippet[] => {
    const text = file === undefined ? undefined : textOf(file);
    return file === undefined || text === undefined ? [] : snippetsIn(file, text, { kind, service: name });
  };
  const ofFeature = ({ spec, plan, tasks, summaries }: Feature, name: string | undefined): Snippet[] => [
    ...read(spec?.file, "spec", name),
    ...read(plan?.file, "plan", name),
    ...read(tasks?.file, "task", name),
    ...summaries.flatMap((file) => read(file, file.endsWith("quick-ref.md") ? "quick-ref" : "ai-doc", name)),
  ];
  const ofContracts = (one: Service): Snippet[] =>
    contractsOf(one)
      .flatMap((contract) => contractSnippets(contract, textOf(contract.file) ?? "", locate, one.name))
      .flatMap((snippet) => (fine ? membersOf(snippet) : [snippet]));
  return [
    ...read(workspace.constitution?.file, "constitution", undefined),
    ...templates(workspace).flatMap((file) => wholeFile(file, textOf(file), "template", undefined)),
    ...own.flatMap((one) => [
      ...one.features.flatMap((feature) => ofFeature(feature, one.name)),
      ...ofContracts(one),
    ]),
    ...(service ? [] : workspace.features.flatMap((feature) => ofFeature(feature, undefined))),
    ...workspace.services
      .filter(({ name }) => related.has(name))
      .flatMap((one) => [
        ...one.features.flatMap(({ summaries }) =>
          summaries
            .filter((file) => file.endsWith("quick-ref.md"))
            .flatMap((file) => wholeFile(file, textOf(file), "related", one.name)),
        ),
        ...one.features.flatMap(({ spec }) => read(spec?.file, "spec", one.name)),
        ...ofContracts(one),
      ]),
  ];
}

/** Services at the other end of a call or an event, and what for. */
export function relatedTo({ edges }: Workspace, name: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = (other: string, why: string) => {
    const known = found.get(other) ?? [];
    if (!known.includes(why)) known.push(why);
    found.set(other, known);
  };
  for (const { from, to, kind, label } of edges) {
    const what = kind === "event" ? label : `calls${label === "" ? "" : ` ${label}`}`;
    if (from === name && to !== name) add(to, kind === "event" ? `sends ${what}` : `is called (${label})`);
    if (to === name && from !== name) add(from, kind === "event" ? `receives ${what}` : `${what} here`);
  }
  return found;
}

/** Where `init` and GitHub's spec-kit put them. */
function templates({ files = [] }: Workspace): string[] {
  return files.filter(
    (file) => /(?:^|\/)templates\/(?:[\w-]+\/)*[\w-]+\.md$/.test(file) && !/\.examples?\//.test(file),
  );
}

function wholeFile(
  file: string,
  text: string | undefined,
  kind: SnippetKind,
  service: string | undefined,
): Snippet[] {
  if (text === undefined || text.trim() === "") return [];
  const trimmed = text.trimEnd();
  return [
    { kind, file, line: 1, endLine: trimmed.split(/\r\n?|\n/).length, headings: [], text: trimmed, service },
  ];
}
