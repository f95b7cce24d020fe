import type { Area } from "../checks/check.ts";
import { messageContractsOf, type Workspace } from "../model/workspace.ts";
import type { Scope } from "./open-workspace.ts";

/** What is said when a class of checks finds nothing, and which areas it stands for. */
export interface AreaLine {
  readonly areas: readonly Area[];
  readonly holds: string;
}

/** The lines of `validate-contracts`, for one service or for the fleet. A class of which there is nothing to check has no line. */
export function contractLines(workspace: Workspace, scope: Scope): AreaLine[] {
  return scope.kind === "all" ? fleetLines(workspace) : serviceLines(workspace, scope.service?.name);
}

function serviceLines({ services, edges, channels }: Workspace, name: string | undefined): AreaLine[] {
  const service = services.find((candidate) => candidate.name === name);
  if (!service) return [];
  const found = [
    ...new Set(
      edges
        .filter(
          ({ from, kind, to }) =>
            from === name && kind === "calls" && services.some((other) => other.name === to),
        )
        .map(({ to }) => to),
    ),
  ];
  const hasEvents =
    messageContractsOf(service).length > 0 ||
    channels.some(({ producers, consumers }) =>
      [...producers, ...consumers].some((end) => end.service === name),
    );
  return [
    ...(service.apis.length > 0
      ? [{ areas: ["api", "contract-reading"] as const, holds: "API spec complete and valid" }]
      : []),
    ...(hasEvents ? [{ areas: ["events"] as const, holds: "Event schemas well-defined" }] : []),
    {
      areas: ["dependencies"],
      holds:
        found.length > 0
          ? `All dependencies exist (${found.join(", ")} found)`
          : "No dependencies on other services",
    },
  ];
}

function fleetLines(workspace: Workspace): AreaLine[] {
  const { services, channels } = workspace;
  const principles = new Set(workspace.constitution?.principles.map(({ statement }) => statement.text));
  const hasApis = services.some(({ apis }) => apis.length > 0);
  return [
    ...(hasApis ? [{ areas: ["api", "contract-reading"] as const, holds: "All API specs valid" }] : []),
    ...(channels.length > 0 ? [{ areas: ["events"] as const, holds: "All event schemas defined" }] : []),
    ...(services.length > 1 ? [{ areas: ["cycles"] as const, holds: "No circular dependencies" }] : []),
    ...(channels.length > 0
      ? [{ areas: ["consumers"] as const, holds: "All declared consumers exist" }]
      : []),
    ...(workspace.edges.some(({ kind }) => kind === "calls")
      ? [{ areas: ["dependencies"] as const, holds: "All dependencies exist" }]
      : []),
    ...(services.some(({ features }) => features.some(({ spec }) => spec))
      ? [{ areas: ["ownership"] as const, holds: "No data or responsibility claimed twice" }]
      : []),
    ...(principles.size > 0
      ? [
          {
            areas: ["principles"] as const,
            holds: `Constitution followed (${principles.size} of ${workspace.constitution?.statements.length} statements checked)`,
          },
        ]
      : []),
  ];
}
