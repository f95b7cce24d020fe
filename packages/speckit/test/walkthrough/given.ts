import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");

/** A file of the walk-through, as it gives it. */
export const given = (name: string): string => read(`given/${name}`);

/** What the walk-through shows that a command prints or writes. */
export const outputOf = (name: string): string => read(`outputs/${name}`);

/** A file that the walk-through breaks off, with the rest in the place of its dots. */
function completed(name: string, dots: string, rest: string): string {
  const text = given(name);
  expect(text).toContain(dots);
  return text.replace(dots, () => rest.trimEnd());
}

export const constitution = given("constitution.md");
export const constitutionInTypeScript = constitution.replace("Python (FastAPI)", "TypeScript (Fastify)");
export const authSpec = completed("auth-spec.md", "[... rest of spec ...]", given("auth-spec-rest.md"));
export const authApi = completed(
  "auth-api-spec.yaml",
  "      # ... [similar structure]",
  given("auth-api-rest.yaml"),
).replace(
  "description: Invalid credentials\n",
  "description: Invalid credentials\n          content:\n            application/problem+json:\n              schema:\n                $ref: '#/components/schemas/Problem'\n",
);
export const authTasks = completed("auth-tasks.md", "[... more tasks ...]", given("auth-tasks-rest.md"));
export const userSpec = ["user-spec.md", "user-dependencies.md", "user-events-published.md"]
  .map(given)
  .join("\n");
export const orderSpec = [
  "order-spec.md",
  "order-consumed.md",
  "order-consumed-rest.md",
  "order-published.md",
]
  .map(given)
  .join("\n");
