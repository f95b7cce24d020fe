import { join } from "node:path";
import { expect, test } from "vitest";
import { sessionConcerns } from "../src/cli/session-concerns.ts";
import { readWorkspace } from "../src/node/read-workspace.ts";
import type { ToolAction } from "../src/tokens/session.ts";
import { DigestCollector } from "../src/tokens/session-digest.ts";
import { shop } from "./sessions.ts";

test("a file that an agent names in several ways is one file, with all that was done to it", () => {
  const root = shop();
  const app = "services/order-service/src/app.ts";
  const actions: ToolAction[] = [
    { kind: "read", path: join(root, app), range: "" },
    { kind: "edit", paths: [app] },
    { kind: "edit", paths: [`./${app}`] },
  ];
  const collector = new DigestCollector();
  for (const [id, action] of actions.entries())
    collector.add({ kind: "tool", id: `${id}`, action, input: "" });

  const read = readWorkspace(root, { cache: false, now: 0, ruleIds: new Set() });

  expect(sessionConcerns(collector.digest(), read, root).files).toMatchObject([
    { file: app, edits: 2, reads: 1 },
  ]);
});
