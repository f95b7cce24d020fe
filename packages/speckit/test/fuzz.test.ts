import { expect, test } from "vitest";
import { compareAnything } from "../scripts/fuzz/compare-anything.ts";
import { readCorpus } from "../scripts/fuzz/corpus.ts";
import { inputsOf, pairOf } from "../scripts/fuzz/inputs.ts";
import { readAnything } from "../scripts/fuzz/read-anything.ts";

const SEED = 20_260_101;

test("four hundred workspaces of damaged files are read and checked without a crash", () => {
  const corpus = readCorpus();
  for (let index = 0; index < 400; index++) {
    expect(() => readAnything(inputsOf(SEED, index, corpus)), `--seed ${SEED} --only ${index}`).not.toThrow();
  }
});

test("four hundred contracts are compared with damaged copies, and differ from themselves in nothing", () => {
  const corpus = readCorpus();
  for (let index = 0; index < 400; index++) {
    const pair = pairOf(SEED, index, corpus);
    if (!pair) continue;
    expect(() => compareAnything(pair.sample, pair.damaged), `--seed ${SEED} --only ${index}`).not.toThrow();
  }
});

test("an event that is listed twice with one version is no change to itself", () => {
  const twice = { eventType: "order.created", version: "v1" };
  const text = JSON.stringify({ events: [twice, { ...twice, version: "v2" }, twice] });
  expect(() => compareAnything({ file: "order-events.json", text }, text)).not.toThrow();
});

test.each([
  {
    given: "an empty item of a list",
    text: "openapi: 3.1.0\ninfo: {}\npaths:\n  /orders: { parameters: [ , ] }\n",
  },
  {
    given: "an empty item on a line of its own",
    text: "openapi: 3.1.0\npaths:\n  /orders:\n    parameters:\n      - \n",
  },
  {
    given: "a key named like a part of JavaScript",
    text: '{ "openapi": "3.1.0", "constructor": {}, "__proto__": [] }',
  },
])("a contract with $given is read", ({ text }) => {
  const file = "services/order-service/contracts/api-spec.yaml";
  expect(() => readAnything([{ file, bytes: new TextEncoder().encode(text) }])).not.toThrow();
});

test("a configuration key named like a part of JavaScript is unknown, not a crash", () => {
  const bytes = new TextEncoder().encode('{ "constructor": 1, "toString": true }');
  expect(() => readAnything([{ file: ".speckit.config.json", bytes }])).not.toThrow();
});
