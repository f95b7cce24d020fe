import { nameOf } from "../../../model/operation-purpose.ts";
import type { Edge } from "../../../model/workspace.ts";
import type { Facts } from "../facts.ts";
import type { Partner } from "../integration.ts";
import { referenceTo } from "../subject.ts";

import { code, refText, type Section, table } from "./section.ts";

/** Whom the service calls, what for, and what it does without an answer; who calls it. */
export function callSections(facts: Facts): Section[] {
  const { called, callers } = facts.integration;
  const calls = called.map((partner) => row(facts, partner));
  const users = callers.map(
    ({ service, purpose }) => `- ${service}${purpose === undefined ? "" : `: ${purpose}`}`,
  );
  return [
    ...(calls.length > 0
      ? [
          {
            title: "Calls",
            lines: table(["Service", "What for", "Operations", "When it fails", "Called at"], calls),
          },
        ]
      : []),
    ...(users.length > 0 ? [{ title: "Called by", lines: users }] : []),
  ];
}

function row(facts: Facts, { service, purpose }: Partner): string[] {
  const { workspace, service: own, feature } = facts;
  const edges = workspace.edges.filter(
    (edge) => edge.kind === "calls" && edge.from === own.name && edge.to === service,
  );
  const failure = (feature?.spec?.upstream ?? []).find((one) => one.service === service)?.failureMode;
  return [service, purpose ?? "", operationsOf(edges), failure ?? "", placesOf(facts, edges)];
}

function operationsOf(edges: readonly Edge[]): string {
  const names = edges.flatMap(({ operations }) =>
    operations.flatMap(({ operation, mention: { method, path, operationId } }) =>
      operation ? [nameOf(operation)] : [operationId ?? [method, path].filter(Boolean).join(" ")],
    ),
  );
  return [...new Set(names)]
    .filter((name) => name !== "")
    .map(code)
    .join(", ");
}

function placesOf(facts: Facts, edges: readonly Edge[]): string {
  const places = edges.flatMap(({ evidence }) =>
    evidence.flatMap(({ source, at }) => (source === "code" && "line" in at ? [at] : [])),
  );
  const texts = places.map((at) => refText(facts, referenceTo(facts, at)));
  return [...new Set(texts)].join(", ") || (facts.service.implemented ? "not seen in code" : "planned");
}
