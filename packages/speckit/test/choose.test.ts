import { expect, test } from "vitest";
import { choose } from "../src/authoring/choose.ts";
import { recipes } from "../src/authoring/recipes.ts";
import type { Task } from "../src/model/task-list.ts";
import type { Workspace } from "../src/model/workspace.ts";

const snippet = (line: number, heading: string, text: string) => ({
  kind: "operation" as const,
  file: "contracts/api-spec.yaml",
  line,
  endLine: line + 3,
  headings: [heading],
  text,
  service: undefined,
});

test("a task that covers an operation does not cover one whose name begins the same", () => {
  const recipe = recipes.find(({ command }) => command === "implement");
  if (!recipe) throw new Error("there is a recipe for implement");
  const task = { id: "T004", title: "Show an order", covers: ["getOrder"], stories: [], files: [] };

  const chosen = choose({
    workspace: { services: [], edges: [] } as unknown as Workspace,
    service: undefined,
    snippets: [
      snippet(10, "GET /api/v1/orders/{orderId}/lines", "      operationId: getOrderLines\n"),
      snippet(20, "GET /api/v1/orders/{orderId}", "      operationId: getOrder\n"),
      snippet(30, "GET /api/v2/orders/{orderId}", '"operationId": "getOrder",'),
    ],
    recipe,
    about: undefined,
    task: task as unknown as Task,
  });

  const covered = chosen.filter(({ reason }) => reason === "task T004 covers getOrder");
  expect(covered.map(({ snippet: { line } }) => line)).toEqual([20, 30]);
});
