import { choose } from "../authoring/choose.ts";
import { collectSnippets } from "../authoring/collect-snippets.ts";
import { withoutGenerated } from "../authoring/document/without-generated.ts";
import { buildPack, type Pack } from "../authoring/pack.ts";
import type { Recipe } from "../authoring/recipes.ts";
import type { Snippet } from "../authoring/snippet.ts";
import type { Task } from "../model/task-list.ts";
import type { Service } from "../model/workspace.ts";
import { sealHash } from "../node/seal-hash.ts";
import { type ContextPack, renderContextPack } from "../render/context-pack.ts";
import { loadTokenCounter } from "../tokens/count.ts";
import type { Io, Options } from "./command.ts";
import { codeAbout, codeOfTask } from "./context-code.ts";
import { findingSnippets } from "./context-findings.ts";
import type { OpenWorkspace } from "./open-workspace.ts";

/** What a pack is for. */
export interface PackRequest {
  readonly recipe: Recipe;
  readonly service: Service | undefined;
  /** A question, where there is one. */
  readonly about: string | undefined;
  readonly task: Task | undefined;
  readonly budget: number;
}

export interface BuiltPack {
  readonly described: ContextPack;
  /** As it is printed. */
  readonly text: string;
  readonly tokens: number;
}

/** Collects what there is, takes what is worth most for the budget, and prints it. */
export async function packFor(
  opened: OpenWorkspace,
  { recipe, service, about, task, budget }: PackRequest,
  options: Options,
  io: Io,
): Promise<BuiltPack> {
  const { read } = opened;
  const count = await loadTokenCounter();
  const snippets: Snippet[] = [
    ...collectSnippets({
      workspace: read.workspace,
      service,
      textOf: (file) => ownWords(file, read.textOf(file)),
      locate: read.locate,
      fine: about !== undefined,
    }),
    ...findingSnippets(opened, service, recipe, options, io),
    ...(task && service ? codeOfTask(service, task, read) : []),
    ...(about === undefined ? [] : await codeAbout(read, about, service?.name, options, io)),
  ];
  read.save();
  const candidates = choose({ workspace: read.workspace, service, snippets, recipe, about, task });
  const describe = (pack: Pack): ContextPack => ({
    ...pack,
    purpose: recipe.command,
    service: service?.name,
    about,
    budget,
  });
  const print = (pack: Pack) =>
    renderContextPack(describe(pack), stepAfter(pack, recipe, service, about, budget));
  const pack = buildPack({ candidates, budget, count, render: print });
  const text = print(pack);
  return { described: describe(pack), text, tokens: count(text) };
}

/** What was generated of other documents is no part beside them. */
function ownWords(file: string, text: string | undefined): string | undefined {
  return text === undefined || !file.endsWith("/ai-doc.md") ? text : withoutGenerated(text, sealHash);
}

function stepAfter(
  { parts, leftOut }: Pack,
  { command }: Recipe,
  service: Service | undefined,
  about: string | undefined,
  budget: number,
): string {
  const of = service === undefined ? "" : ` --service=${service.name}`;
  const what = about === undefined ? "" : ` --about ${JSON.stringify(about)}`;
  if (parts.length === 0 && about !== undefined) return `speckit find ${JSON.stringify(about)}`;
  return leftOut.length > 0
    ? `speckit context ${command}${of}${what} --budget ${budget * 2}`
    : `speckit validate${of}`;
}
