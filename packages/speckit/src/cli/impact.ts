import { relative, resolve, sep } from "node:path";
import { impactOf } from "../impact/impact.ts";
import type { Locate } from "../model/location.ts";
import type { Workspace } from "../model/workspace.ts";
import { type LocatedImpact, renderImpactText } from "../render/impact-text.ts";
import { closestName } from "./closest-name.ts";
import { type Command, UsageError } from "./command.ts";
import { openWorkspace } from "./open-workspace.ts";
import { optionText } from "./options.ts";

export const impact: Command = {
  name: "impact",
  summary: "Who and what a change to an operation, an event or a file touches",
  arguments: "<subject...>",
  options: [],
  examples: [
    "speckit impact POST /api/v1/orders",
    "speckit impact order.created",
    "speckit impact services/order-service/contracts/api-spec.yaml --json",
  ],

  async run(words, options, io) {
    const query = words.join(" ");
    const { read } = openWorkspace({ ...options, all: true }, io);
    const from = resolve(io.cwd, optionText(options, "cwd") ?? ".");
    const path = relative(read.root, resolve(from, query)).split(sep).join("/");
    const found = impactOf(read.workspace, query, path);
    if (!found) throw new UsageError(unknown(query, read.workspace));
    const located = locate(found, read.locate);
    read.save();
    io.write(
      options.json === true
        ? `${JSON.stringify({ schemaVersion: 1, command: "impact", ...located }, null, 2)}\n`
        : renderImpactText(located, io),
    );
    return 0;
  },
};

function locate(
  { subject, affected, indirect, items }: NonNullable<ReturnType<typeof impactOf>>,
  look: Locate,
): LocatedImpact {
  const places = look([
    ...affected.flatMap(({ evidence }) => evidence.map(({ at }) => at)),
    ...items.map(({ at }) => at),
  ]);
  let index = 0;
  const next = () => places[index++] ?? { file: "", line: 1, column: 1 };
  return {
    name: subject.name,
    affected: affected.map(({ service, owner, uses, mayUse, evidence }) => ({
      service,
      owner,
      uses,
      mayUse,
      evidence: evidence.map(({ source }) => ({ ...next(), source })),
    })),
    indirect,
    items: items.map(({ kind, service, name }) => ({ kind, service, name, ...next() })),
  };
}

function unknown(query: string, { services, channels }: Workspace): string {
  const known = [
    ...channels.map(({ event }) => event),
    ...services.flatMap(({ name, apis }) => [
      name,
      ...apis.flatMap(({ operations }) =>
        operations.flatMap(({ method, path, operationId }) => [
          `${method} ${path}`,
          ...(operationId ? [operationId] : []),
        ]),
      ),
    ]),
  ];
  const nearest = closestName(query, known);
  const hint = nearest === undefined ? "" : ` Did you mean '${nearest}'?`;
  return `'${query}' is no operation, event, service or file of this workspace.${hint} Pass one such as "POST /api/v1/orders", order.created, or a path.`;
}
