import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { RuleExample } from "../../scripts/rule-examples.ts";
import type { Report } from "../../src/model/finding.ts";
import type { Locate } from "../../src/model/location.ts";
import { recordedEvents } from "../../src/node/recorded-events.ts";
import { readCallableOperations, readDescribedEvents } from "../../src/parse/callable-operations.ts";
import { createLocate } from "../../src/parse/locate.ts";
import { parseTree } from "../../src/parse/tree.ts";
import { list, mapping, strings, text } from "../../src/parse/values.ts";
import type { EventRule } from "../../src/verify/event-rules/event-rule.ts";
import { eventRules } from "../../src/verify/event-rules/index.ts";
import type { ContractRequest, Exchange } from "../../src/verify/exchange.ts";
import { judgeExchanges } from "../../src/verify/judge.ts";
import { judgeEvents } from "../../src/verify/judge-events.ts";
import { verifyRuleIds } from "../../src/verify/rule-ids.ts";
import type { AnswerRule } from "../../src/verify/rules/answer-rule.ts";
import { answerRules } from "../../src/verify/rules/index.ts";
import { testRules } from "../rule-tests.ts";

await testRules<AnswerRule>({
  folder: fileURLToPath(new URL("../../src/verify/rules", import.meta.url)),
  isRule: (exported) => "id" in exported && "run" in exported,
  run: (rule, example) =>
    judgeExchanges(exchangesOf(example), [rule]).map(({ report }) => line(rule, report, locateIn(example))),
});

await testRules<EventRule>({
  folder: fileURLToPath(new URL("../../src/verify/event-rules", import.meta.url)),
  isRule: (exported) => "id" in exported && "run" in exported,
  run: (rule, example) => {
    const [contract, recorded] = example.files;
    const tree = parseTree(contract?.path ?? "", contract?.text ?? "");
    const events = recordedEvents(recorded?.path ?? "", recorded?.text ?? "");
    return judgeEvents(
      events,
      readDescribedEvents(tree, () => undefined),
      [rule],
    ).map(({ report }) => line(rule, report, locateIn(example)));
  },
});

test("a configuration may name every rule", () => {
  expect(verifyRuleIds).toEqual([...answerRules, ...eventRules].map(({ id }) => id).sort());
});

/** What stands in `api-spec.yaml`, and the exchanges of `exchanges.yaml`. */
function exchangesOf({ files }: RuleExample): Exchange[] {
  const [contract, exchanges] = files.map(({ path, text: content }) => parseTree(path, content));
  const operations = contract ? readCallableOperations(contract, () => undefined) : [];
  return list(exchanges?.value).map((entry) => {
    const { request, answer, ...more } = mapping(entry);
    const operation = operations.find(({ method, path }) => `${method} ${path}` === request);
    if (!operation) throw new Error(`The contract has no ${String(request)}.`);
    const { status, headers, body, none } = mapping(answer);
    return {
      operation,
      request: requestOf(more),
      answer:
        none === undefined
          ? {
              status: Number(status),
              headers: (headers ?? {}) as Record<string, string>,
              body: text(body) ?? "",
            }
          : { none: text(none) ?? "" },
    };
  });
}

function requestOf(entry: Readonly<Record<string, unknown>>): ContractRequest {
  return {
    method: "",
    path: "",
    headers: {},
    body: undefined,
    carries: [],
    kind: entry.kind as ContractRequest["kind"],
    title: text(entry.title) ?? "",
    credentials: (entry.credentials ?? "sent") as ContractRequest["credentials"],
    isExample: entry.isExample === true,
    isFormat: entry.isFormat === true,
    refusals: strings(entry.refusals),
  };
}

function locateIn({ files }: RuleExample): Locate {
  return createLocate(
    (file) => files.find(({ path }) => path === file)?.text,
    () => undefined,
  ).locate;
}

function line({ id, severity }: AnswerRule | EventRule, report: Report, locate: Locate): string {
  const [at] = locate([report.at]);
  return `${at?.file}:${at?.line}:${at?.column} ${report.severity ?? severity} ${id}  ${report.message}`;
}
