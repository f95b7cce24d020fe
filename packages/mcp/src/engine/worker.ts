import { parentPort } from "node:worker_threads";
import { loadTokenCounter } from "@speckit/cli/cli";
import { listDocuments, readDocument } from "../documents.ts";
import { runCommand } from "../run-command.ts";
import { callTool } from "../tools/call-tool.ts";
import { tools } from "../tools/index.ts";
import type { Answers, Kind, Message, Questions, Reply, Rule } from "./question.ts";

const answering: { readonly [K in Kind]: (question: Questions[K]) => Promise<Answers[K]> } = {
  async tool({ name, args, place }) {
    const tool = tools.find((candidate) => candidate.name === name);
    if (!tool) throw new Error(`There is no tool ${name}.`);
    return callTool(tool, args, { place, run: runCommand, loadCounter });
  },
  documents: ({ place }) => listDocuments(place),
  document: ({ file, place }) => readDocument(file, place),
  async rules({ place }) {
    const { out } = await runCommand(["explain", "--json"], place);
    return (JSON.parse(out) as { readonly rules: readonly Rule[] }).rules;
  },
  async rule({ id, place }) {
    const { code, out, err } = await runCommand(["explain", "--json", "--", id], place);
    if (code === 2) return { kind: "refused", reason: err.trim().replace(/^speckit: /, "") };
    const { page } = JSON.parse(out) as { readonly page: string };
    // Where a page was made from matters to those who work on speckit.
    return { kind: "read", text: page.replace(/^<!--.*?-->\s*/s, "") };
  },
};

// Loading takes longer than most answers; a thread that has it keeps it.
let counter: ReturnType<typeof loadTokenCounter> | undefined;
function loadCounter() {
  counter ??= loadTokenCounter();
  return counter;
}

parentPort?.on("message", async ({ kind, question }: Message) => {
  parentPort?.postMessage(await reply(kind, question));
});

async function reply(kind: Kind, question: Message["question"]): Promise<Reply> {
  try {
    return { answer: await answering[kind](question as never) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
