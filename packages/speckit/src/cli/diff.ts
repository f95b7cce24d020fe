import { relative, resolve, sep } from "node:path";
import {
  type ContractKind,
  compareContracts,
  contractKindOf,
  readsRefSiblings,
} from "../changes/compare-contracts.ts";
import { detailOf, isAtLeast, worst } from "../changes/judge.ts";
import { changeRules } from "../changes/rules/index.ts";
import type { ContractSide } from "../changes/schema/contract-side.ts";
import type { Compatibility } from "../model/config.ts";
import type { Level } from "../model/finding.ts";
import type { Location } from "../model/location.ts";
import { FileReader } from "../node/file-reader.ts";
import { findRoot } from "../node/find-root.ts";
import { readConfigAlone } from "../node/read-config.ts";
import { createLocate } from "../parse/locate.ts";
import { mapping } from "../parse/values.ts";
import { type LocatedDiff, renderDiffJson } from "../render/diff-json.ts";
import { renderDiffMarkdown } from "../render/diff-markdown.ts";
import { renderDiffText } from "../render/diff-text.ts";
import { type Command, UsageError } from "./command.ts";
import { ruleIds } from "./open-workspace.ts";
import { choice, optionText } from "./options.ts";

export const diff: Command = {
  name: "diff",
  summary: "What changed between two contract files, and whom it breaks",
  arguments: "<base> <revision>",
  options: [
    ["--format <format>", "text, json, or markdown: a changelog"],
    ["--fail-on <level>", "exit with 1 from this level on: breaking or risky (default: breaking)"],
    ["--compatibility <kind>", "for events and schemas: backward, forward or full"],
    [
      "--strict-content",
      "take events and schemas to hold whatever they do not forbid, as schema registries do",
    ],
  ],
  examples: [
    "speckit diff old/api.yaml new/api.yaml",
    "speckit diff --json v1.json v2.json",
    "speckit diff --format markdown v1.yaml v2.yaml",
  ],

  async run([base = "", revision = ""], options, io) {
    const failOn = choice<Level>(options, "failOn", ["breaking", "risky"]) ?? "breaking";
    const compatibility = choice<Compatibility>(options, "compatibility", ["backward", "forward", "full"]);
    const format =
      options.json === true ? "json" : (choice(options, "format", ["text", "json", "markdown"]) ?? "text");
    const named = optionText(options, "cwd");
    const { profile } = readConfigAlone(findRoot(io.cwd, named).root, ruleIds);
    const cwd = resolve(io.cwd, named ?? ".");
    const before = readSide(resolve(cwd, base), base);
    const after = readSide(resolve(cwd, revision), revision);
    const kind = commonKind(before, after, base, revision);
    const today = new Date(io.now()).toISOString().slice(0, 10);
    const verdicts = compareContracts(kind, before.side, after.side, {
      rules: changeRules,
      profile,
      compatibility,
      strictContent: options.strictContent === true,
      today,
    });
    const shown = (at: Location) => ({ ...at, file: relative(cwd, at.file).split(sep).join("/") || at.file });
    const places = {
      base: before.locate(verdicts.map(({ change }) => change.base)).map(shown),
      revision: after.locate(verdicts.map(({ change }) => change.revision)).map(shown),
    };
    const located: LocatedDiff = {
      level: worst(verdicts),
      changes: verdicts.map((verdict, index) => ({
        change: detailOf(verdict),
        message: verdict.message,
        why: verdict.rule.why,
        fix: verdict.fix,
        base: places.base[index] as Location,
        revision: places.revision[index] as Location,
      })),
    };
    io.write(
      format === "json"
        ? renderDiffJson(located)
        : format === "markdown"
          ? renderDiffMarkdown(located)
          : renderDiffText(located, io),
    );
    return isAtLeast(located.level, failOn) ? 1 : 0;
  },
};

interface ReadSide {
  readonly side: ContractSide;
  readonly locate: ReturnType<typeof createLocate>["locate"];
}

function readSide(path: string, name: string): ReadSide {
  const reader = new FileReader();
  const value = reader.valueOf(path);
  const [problem] = reader
    .problemsOf(path)
    .filter(({ severity }) => severity !== "warning" && severity !== "info");
  if (value === undefined) {
    const at = problem && "line" in problem.at ? `:${problem.at.line}:${problem.at.column}` : "";
    const reason = problem ? problem.message.replace(path, name) : "there is no such file.";
    throw new UsageError(`${name}${at}: ${reason}`);
  }
  const { locate } = createLocate(
    (file) => reader.textOf(file),
    () => undefined,
  );
  return {
    side: {
      file: path,
      value,
      load: (file) => reader.valueOf(file),
      refSiblings: readsRefSiblings(mapping(value)),
    },
    locate,
  };
}

function commonKind(before: ReadSide, after: ReadSide, base: string, revision: string): ContractKind {
  const kinds = [before, after].map(({ side }) => contractKindOf(side.value, side.file));
  const unknown = kinds.indexOf(undefined);
  if (unknown !== -1) {
    throw new UsageError(
      `${unknown === 0 ? base : revision} is no contract: OpenAPI 2 and 3, AsyncAPI 2 and 3, Avro (.avsc), event types ({"events": [...]}) and JSON Schema are.`,
    );
  }
  if (kinds[0] !== kinds[1])
    throw new UsageError(
      `${base} and ${revision} are of different kinds: ${kinds[0]} and ${kinds[1]}. Pass two of one kind.`,
    );
  return kinds[0] as ContractKind;
}
