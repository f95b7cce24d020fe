import type { Environment } from "@speckit/service-kit";

/** An environment that notes which of its variables somebody asked for. */
export function recordedEnvironment(variables: Readonly<Record<string, string>>): {
  readonly environment: Environment;
  readonly asked: ReadonlySet<string>;
} {
  const asked = new Set<string>();
  const environment = new Proxy(variables, {
    get(target, name) {
      asked.add(String(name));
      return target[String(name)];
    },
    ownKeys() {
      throw new Error("Whoever copies the whole environment does not say what is read of it.");
    },
  });
  return { environment, asked };
}
