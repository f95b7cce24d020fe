import type { Operation } from "../../model/contract.ts";
import { nameOf } from "../../model/operation-purpose.ts";
import { plain } from "../setup/plain.ts";
import type { FeatureFacts } from "./feature-facts.ts";
import { operationFile } from "./operation-file.ts";

/** A task before it has a number. */
export interface DraftTask {
  readonly title: string;
  readonly files: readonly string[];
  /** Titles of tasks that come first. */
  readonly after: readonly string[];
  readonly afterAll?: boolean;
  readonly packages?: readonly string[];
  readonly type: "Configuration" | "Test" | "Implementation" | "[Test] → Implementation";
  readonly acceptance: string;
  readonly covers: readonly string[];
}

export const SETUP = "Project Setup";
export const MODELS = "Database Models";
export const OUTBOX = "Outbox";
export const INBOX = "Inbox";
export const DEAD_LETTERS = "Dead-Letter Queue";

const shortName = (operation: Operation) => plain(nameOf(operation), 200);

export function contractTest(operation: Operation, facts: FeatureFacts): DraftTask {
  const { layout } = facts.stack;
  return {
    title: `Contract Test Of ${shortName(operation)}`,
    files: layout.files("contract", operationFile(operation, facts.offered)),
    after: [SETUP],
    type: "Test",
    acceptance: `Valid, boundary and invalid requests get answers that ${facts.contracts.map((name) => plain(name)).join(" or ")} allows; fails before the operation exists`,
    covers: [`\`${shortName(operation)}\``],
  };
}

export function operationTask(
  operation: Operation,
  test: string,
  named: readonly string[],
  facts: FeatureFacts,
): DraftTask {
  const { layout } = facts.stack;
  const statuses = [...new Set(operation.responses.map(({ status }) => status))];
  const file = operationFile(operation, facts.offered);
  const tests = layout.files("contract", file).map(layout.testCommand);
  return {
    title: `Operation ${shortName(operation)}`,
    files: layout.files("operation", file),
    after: [test, `Contract Test Of ${shortName(operation)}`],
    type: "Implementation",
    acceptance: `Answers ${statuses.join(", ") || "as the contract says"}; \`${tests.join(" && ")}\` passes`,
    covers: [...named, `\`${shortName(operation)}\``],
  };
}

export function consumerTask(
  event: string,
  test: string,
  named: readonly string[],
  { stack: { layout } }: FeatureFacts,
): DraftTask {
  return {
    title: `Consume ${event}`,
    files: layout.files("consumer", event),
    after: [test, INBOX, DEAD_LETTERS],
    type: "[Test] → Implementation",
    acceptance: `\`${event}\` has its effect once, however often it arrives; what cannot be processed goes to the DLQ`,
    covers: [...named, `\`${event}\``],
  };
}
