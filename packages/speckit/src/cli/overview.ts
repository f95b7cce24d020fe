import { posix } from "node:path";
import { offeredOperations } from "../catalog/catalog.ts";
import { compareExpectations } from "../changes/compare-expectations.ts";
import { compareFleet } from "../changes/compare-fleet.ts";
import { changeRules } from "../changes/rules/index.ts";
import { checkWorkspace, toFindings } from "../check-workspace.ts";
import { checks } from "../checks/index.ts";
import { suppress } from "../checks/suppress.ts";
import type { Finding } from "../model/finding.ts";
import type { Service } from "../model/workspace.ts";
import { findBaselines } from "../node/baselines.ts";
import { readBaseline } from "../node/read-baseline.ts";
import { readSuppressions } from "../node/suppressions-file.ts";
import { documentKindOf } from "../parse/formats.ts";
import { renderFinding } from "../render/finding-text.ts";
import { countText } from "../render/report.ts";
import { flatten } from "../render/report-json.ts";
import { paint, wrap } from "../render/text-style.ts";
import type { Command, Io } from "./command.ts";
import { openWorkspace } from "./open-workspace.ts";

const WORST = 3;
const MOST_SERVICES = 12;

/** What `speckit` alone does, in any repository: the services it found, the three worst findings, the next command. */
export const overview: Command = {
  name: "overview",
  summary: "The services found, the three worst findings, the next command",
  options: [],
  examples: ["speckit", "speckit --json"],

  async run(_, options, io) {
    const { read } = openWorkspace({ ...options, all: true }, io);
    const { services } = read.workspace;
    const today = new Date(io.now()).toISOString().slice(0, 10);
    const baselines = findBaselines(read.root, read.repositories, undefined);
    const versions = readBaseline(
      read,
      baselines.filter((baseline) => baseline.kind === "found"),
    );
    const changes = [
      ...compareFleet(versions, read.workspace, changeRules, today),
      ...compareExpectations(read.workspace, read.valueOf, changeRules, today),
    ];
    const all = [
      ...checkWorkspace(read.workspace, checks, read.locate),
      ...toFindings(read.workspace, changes, read.locate),
    ];
    read.save();
    const { findings } = suppress(all, readSuppressions(read.root), read.textOf, today);
    const worst = worstOf(findings);
    if (options.json === true) {
      io.write(
        `${JSON.stringify({ schemaVersion: 1, command: "overview", services: services.map(({ name, dir, implemented }) => ({ name, dir, implemented })), findings: worst.map(flatten) }, null, 2)}\n`,
      );
      return 0;
    }
    const deeper = services.length === 0 ? folderOfContracts(read.workspace.files ?? []) : undefined;
    const blocks = [
      servicesText(services, read.nested, deeper, io),
      ...worst.map((finding) => renderFinding(finding, io)),
      findings.length > worst.length ? `In all: ${countText(findings)}` : "",
      `${paint(io).dim("Next:")} ${paint(io).cyan(nextFor(services, worst, deeper === undefined ? read.nested : [...read.nested, deeper]))}`,
    ];
    io.write(`${blocks.filter((block) => block !== "").join("\n\n")}\n`);
    return 0;
  },
};

const rank = { error: 0, warning: 1, info: 2 } as const;

/** The worst of all, no rule twice: three times the same says less than three things. Notes are not among them. */
function worstOf(findings: readonly Finding[]): Finding[] {
  const sorted = findings
    .filter(({ severity }) => severity !== "info")
    .sort((a, b) => rank[a.severity] - rank[b.severity]);
  const seen = new Set<string>();
  const distinct = sorted.filter(({ rule }) => !seen.has(rule) && seen.add(rule));
  return distinct.slice(0, WORST);
}

/** The folder of those that have contracts where nobody looks for services: `examples/shop` for `examples/shop/orders/openapi.yaml`. */
function folderOfContracts(files: readonly string[]): string | undefined {
  const file = files.find((path) =>
    /(?:^|\/)(?:asyncapi|openapi|swagger|api-spec)[^/]*\.(?:ya?ml|json)$/i.test(path),
  );
  const folder = file && posix.dirname(posix.dirname(file));
  return folder === "." ? undefined : folder;
}

function servicesText(
  services: readonly Service[],
  nested: readonly string[],
  deeper: string | undefined,
  io: Io,
): string {
  const colors = paint(io);
  const others = nested.length > 0 ? wrap(`Workspaces of their own: ${nested.join(", ")}`, 0, io) : "";
  if (services.length === 0)
    return [
      "No service found: no OpenAPI document, event contract or specs/*/spec.md.",
      deeper === undefined
        ? ""
        : wrap(
            `There are contracts below ${deeper}, though. Look there, or name the folders of the services in .speckit.config.json: "services": ["${deeper}/*"].`,
            0,
            io,
          ),
      others,
    ]
      .filter(Boolean)
      .join("\n");
  const width = Math.max(...services.slice(0, MOST_SERVICES).map(({ name }) => name.length));
  const rows = services
    .slice(0, MOST_SERVICES)
    .map((service) => `  ${service.name.padEnd(width)}  ${colors.dim(contentOf(service))}`);
  const more = services.length > MOST_SERVICES ? [`  and ${services.length - MOST_SERVICES} more`] : [];
  return [
    colors.bold(`${services.length} service${services.length === 1 ? "" : "s"}`),
    ...rows,
    ...more,
    ...(others ? [others] : []),
  ].join("\n");
}

function contentOf(service: Service): string {
  const { eventContracts, asyncApis, features, implemented } = service;
  const operations = offeredOperations(service).length;
  const events = eventContracts.reduce((sum, contract) => sum + contract.events.length, 0);
  const channels = new Set(asyncApis.flatMap(({ uses }) => uses.map(({ address }) => address))).size;
  const parts = [
    ...(operations > 0 ? [`${operations} endpoint${operations === 1 ? "" : "s"}`] : []),
    ...(events > 0 ? [`${events} event${events === 1 ? "" : "s"}`] : []),
    ...(channels > 0 ? [`${channels} channel${channels === 1 ? "" : "s"}`] : []),
    ...(features.length > 0 ? [`${features.length} feature${features.length === 1 ? "" : "s"}`] : []),
    ...(implemented ? [] : ["not yet implemented"]),
  ];
  return parts.join(", ");
}

function nextFor(
  services: readonly Service[],
  [worst]: readonly Finding[],
  [nested]: readonly string[],
): string {
  if (worst) return documentKindOf(worst.location.file) ? "speckit validate" : "speckit validate-contracts";
  if (services.length > 0) return "speckit service-catalog";
  return nested === undefined ? "speckit --help" : `speckit --cwd ${nested}`;
}
