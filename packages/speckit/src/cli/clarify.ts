import { readFileSync } from "node:fs";
import { type Answer, AnswerRefused, writeAnswers } from "../authoring/clarify/answer.ts";
import { type OpenPoint, openPoints } from "../authoring/clarify/open-points.ts";
import type { Spec } from "../model/spec.ts";
import type { Service } from "../model/workspace.ts";
import { pathBelow } from "../node/setup/safe-path.ts";
import { writeAtomically } from "../node/write-file.ts";
import { parseSpec } from "../parse/spec.ts";
import { renderClarifyText } from "../render/clarify-text.ts";
import { type Command, type Options, UsageError } from "./command.ts";
import { featureTarget } from "./feature-target.ts";
import { stepAfterSpec } from "./next-step.ts";
import { openWorkspace } from "./open-workspace.ts";

export const clarify: Command = {
  name: "clarify",
  summary: "What is still open in a specification; answers are written back in place",
  options: [
    ["--service <name>", "the service whose specification it is"],
    ["--answer <n=text...>", "the answer to a numbered point; may be given several times"],
    ["--stdout", "with answers: print the document, and write nothing"],
  ],
  examples: [
    "speckit clarify",
    'speckit clarify --answer 1="Return 503" --answer 3="within 500 ms"',
    'speckit clarify --answer 4="Order Return: Given a delivered order, when the customer returns it, then system refunds it"',
  ],

  async run(_, options, io) {
    const opened = openWorkspace(options, io);
    const { read } = opened;
    const { service, feature } = featureTarget(opened, "clarify");
    const { file } = feature.spec ?? { file: "" };
    const path = pathBelow(read.root, file);
    const own = read.workspace.services.find(({ name }) => name === service.name);
    read.save();
    const before = readFileSync(path, "utf8");
    const { spec, open } = look(file, before, own);
    const answers = answersIn(options, open);
    const after = answers.length === 0 ? before : answeredText(spec, before, answers);
    if (options.stdout === true && options.json !== true) {
      io.write(after);
      return 0;
    }
    const written = after !== before && options.stdout !== true;
    if (written) writeAtomically(path, after);
    const left = look(file, after, own).open;
    const flag = options.service === undefined ? "" : ` --service=${service.name}`;
    const [first] = left;
    const next = first
      ? `speckit clarify${flag} --answer ${first.number}="…"`
      : stepAfterSpec(service, read.workspace, options);
    io.write(
      options.json === true
        ? `${JSON.stringify({ schemaVersion: 1, command: "clarify", service: service.name, feature: feature.slug, file, written, answered: answers.length, open: left.map(({ number, kind, text, line, span }) => ({ number, kind, text, line, column: span?.[0] ?? 1 })) }, null, 2)}\n`
        : renderClarifyText({ file, answered: written ? answers.length : 0, open: left, next }, io),
    );
    return 0;
  },
};

function look(file: string, text: string, service: Service | undefined): { spec: Spec; open: OpenPoint[] } {
  const spec = parseSpec({ file, text, bytes: Buffer.byteLength(text) });
  return { spec, open: openPoints(spec, text, service) };
}

/** @throws UsageError when an answer has no number, or the number no question */
function answersIn(options: Options, open: readonly OpenPoint[]): Answer[] {
  const given = Array.isArray(options.answer) ? options.answer.map(String) : [];
  const seen = new Set<number>();
  return given.map((answer) => {
    const [, digits, text = ""] = /^\s*(\d{1,6})\s*=\s*(.*)$/s.exec(answer) ?? [];
    if (digits === undefined || text.trim() === "")
      throw new UsageError(
        `--answer must be a number and a text, such as 1="Return 503"; it is '${answer}'.`,
      );
    const point = open.find(({ number }) => number === Number(digits));
    if (!point)
      throw new UsageError(
        `There is no open point ${digits}. ${open.length === 0 ? "Nothing is open." : `There are 1 to ${open.length}: speckit clarify lists them.`}`,
      );
    if (seen.has(point.number)) throw new UsageError(`Point ${digits} is answered twice. Leave one out.`);
    seen.add(point.number);
    return { point, text };
  });
}

function answeredText(spec: Spec, text: string, answers: readonly Answer[]): string {
  try {
    return writeAnswers(spec, text, answers);
  } catch (error) {
    if (error instanceof AnswerRefused) throw new UsageError(error.message);
    throw error;
  }
}
