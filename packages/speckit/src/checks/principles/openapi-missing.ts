import type { Place } from "../../model/location.ts";
import type { Service, Workspace } from "../../model/workspace.ts";
import type { Check } from "../check.ts";
import { principlesOf, statementOf } from "./principles-of.ts";

export const openApiMissing: Check = {
  id: "openapi-missing",
  area: "principles",
  severity: "warning",
  title: "Every service that offers HTTP has an OpenAPI contract",
  why: "Consumers have to read the code to call the service, and a breaking change is found in production.",
  fix: "Describe the operations in contracts/api-spec.yaml.",

  *run(workspace) {
    const [principle] = principlesOf(workspace, "openapi-required");
    if (!principle) return;
    const called = calledServices(workspace);
    for (const service of workspace.services) {
      if (service.apis.length > 0) continue;
      const sign = called.get(service.name) ?? signOfHttp(service);
      if (!sign) continue;
      yield {
        service: service.name,
        message: `${service.name} offers HTTP (${sign.what}), but has no OpenAPI contract.`,
        at: sign.at,
        related: [statementOf(principle)],
      };
    }
  },
};

interface Sign {
  readonly what: string;
  readonly at: Place;
}

/** Services of which others name operations. */
function calledServices({ edges }: Workspace): Map<string, Sign> {
  return new Map(
    edges.flatMap(({ to, from, operations }) => {
      const mention = operations.find((operation) => operation.mention.path !== undefined)?.mention;
      return mention ? [[to, { what: `${from} calls ${mention.path}`, at: mention.at }] as const] : [];
    }),
  );
}

/** A framework among its packages, or a task that is accepted by a request. */
function signOfHttp({ manifests, features }: Service): Sign | undefined {
  const framework = manifests
    .flatMap(({ technologies }) => technologies)
    .find(({ topic }) => topic === "framework");
  if (framework) return { what: `it depends on ${framework.package}`, at: framework.at };
  for (const { tasks } of features) {
    for (const { id, acceptance } of tasks?.tasks ?? []) {
      const request = acceptance?.requests[0];
      if (request) return { what: `task ${id} asks for ${request.path}`, at: request.at };
    }
  }
  return undefined;
}
