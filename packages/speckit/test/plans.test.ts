import { expect, test } from "vitest";
import { parsePlan } from "../src/parse/plan.ts";

const entries = (text: string) =>
  parsePlan({ file: "plan.md", text, bytes: text.length }).entries.map(({ key, value, at }) => [
    key,
    value,
    at.line,
  ]);

test("entries, in bold, wrapped, with a list as value", () => {
  expect(
    entries(`# Implementation Plan: Orders

## Technical Context

**Language/Version**: TypeScript 5
**Storage**: PostgreSQL (order_db),
with one schema
**Primary Dependencies**:
- fastify
- \`pg\`

- **测试**：vitest
`),
  ).toEqual([
    ["language/version", "TypeScript 5", 5],
    ["storage", "PostgreSQL (order_db), with one schema", 6],
    ["primary dependencies", "fastify, pg", 8],
    ["测试", "vitest", 12],
  ]);
});

test("rows of the table of technologies, and of no other table", () => {
  expect(
    entries(`## Technology Stack

| Part | Choice | Why |
|------|--------|-----|
| **Storage** | PostgreSQL 16 | known |
| Cache | | |

## Risks

| Risk | Answer |
|------|--------|
| MongoDB | is not used |
`),
  ).toEqual([["storage", "PostgreSQL 16", 5]]);
});
