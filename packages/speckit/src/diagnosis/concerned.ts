import { consumerFinder } from "../model/consumers.ts";
import { compareText, type Place } from "../model/location.ts";
import type { Service, Workspace } from "../model/workspace.ts";
import type { ErrorReport } from "./error-report.ts";
import { hasWord, type Touched } from "./touched.ts";

/** A service that somebody should talk to. */
export interface Concerned {
  readonly service: string;
  readonly owner: string | undefined;
  readonly reasons: readonly string[];
  readonly at: Place | undefined;
}

/** Services that the code in these files calls. */
export function calledAt({ edges }: Workspace, files: readonly string[]): string[] {
  return [
    ...new Set(
      edges
        .filter(
          ({ kind, evidence }) =>
            kind === "calls" &&
            evidence.some(({ source, at }) => source === "code" && files.includes(at.file)),
        )
        .map(({ to }) => to),
    ),
  ];
}

/** Who has to do with it: where it arises first, then who uses what is touched, who is called, who is named. */
export function concernedBy(
  workspace: Workspace,
  own: readonly Service[],
  touched: readonly Touched[],
  called: readonly string[],
  { text }: ErrorReport,
): Concerned[] {
  const found = new Map<string, { reasons: Set<string>; at: Place | undefined }>();
  const add = (service: string, reason: string, at: Place | undefined) => {
    const known = found.get(service) ?? { reasons: new Set<string>(), at };
    known.reasons.add(reason);
    found.set(service, known);
  };
  for (const { name } of own) add(name, "it arises here", undefined);
  const consumersOf = consumerFinder(workspace);
  for (const { kind, service, name } of touched) {
    if (service === undefined || (kind !== "operation" && kind !== "event")) continue;
    const label = kind === "event" ? `event ${name}` : name;
    if (kind === "event" && !own.some((one) => one.name === service))
      add(service, `sends ${name}`, undefined);
    for (const consumer of consumersOf(service, [label]))
      add(consumer.service, kind === "event" ? `receives ${name}` : `uses ${name}`, consumer.evidence[0]?.at);
  }
  const upstream = own.flatMap(({ features }) => features.flatMap(({ spec }) => spec?.upstream ?? []));
  for (const name of called) {
    const row = upstream.find(({ service }) => service === name);
    add(
      name,
      row?.failureMode === undefined ? "is called here" : `is called here; when it fails: ${row.failureMode}`,
      row?.at,
    );
  }
  for (const { name } of workspace.services)
    if (hasWord(text, name) && !own.some((one) => one.name === name))
      add(name, "the error names it", undefined);
  const owners = new Map(workspace.services.map(({ name, owner }) => [name, owner]));
  return [...found]
    .map(([service, { reasons, at }]) => ({ service, owner: owners.get(service), reasons: [...reasons], at }))
    .sort(
      (a, b) =>
        Number(b.reasons[0] === "it arises here") - Number(a.reasons[0] === "it arises here") ||
        compareText(a.service, b.service),
    );
}
