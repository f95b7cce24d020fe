import { existsSync } from "node:fs";
import { basename } from "node:path";
import { buildCatalog } from "../catalog/catalog.ts";
import { listing } from "../checks/listing.ts";
import { findRoot } from "../node/find-root.ts";
import { packageVersion } from "../node/package-version.ts";
import { type ReadWorkspace, readWorkspace } from "../node/read-workspace.ts";
import { readManifest } from "../node/setup/apply-setup.ts";
import { lookAtMachine } from "../node/setup/machine.ts";
import { SetupRefused } from "../node/setup/safe-path.ts";
import { readSuppressions } from "../node/suppressions-file.ts";
import { BadConfig } from "../parse/config.ts";
import { renderCatalogMarkdown } from "../render/catalog-markdown.ts";
import { type DoctorItem, type DoctorReport, renderDoctorText } from "../render/doctor-text.ts";
import { contextAdvice } from "../tokens/budget.ts";
import { readSession } from "./budget.ts";
import { CATALOG_FILE, sealed, stateOfCatalog } from "./catalog-file.ts";
import type { Command, Io, Options } from "./command.ts";
import { item, machineItems, setupItems } from "./doctor-items.ts";
import { isExpected } from "./expected-errors.ts";
import { ruleIds } from "./open-workspace.ts";
import { optionText } from "./options.ts";

export const doctor: Command = {
  name: "doctor",
  summary: "What this machine and workspace lack, what drifted, what deserves attention",
  options: [],
  examples: ["speckit doctor", "speckit doctor --json"],

  async run(_, options, io) {
    const { root } = findRoot(io.cwd, optionText(options, "cwd"));
    const version = packageVersion();
    const machine = lookAtMachine(io.env);
    const items = [
      ...machineItems(machine, root),
      ...setup(root, version),
      ...(await workspaceItems(root, options, io)),
    ];
    const ok = items.every(({ level }) => level !== "error");
    const report: DoctorReport = {
      name: basename(root),
      version,
      node: machine.node,
      git: machine.git ?? null,
      ok,
      items: [...items].sort((a, b) => order[a.level] - order[b.level]),
    };
    io.write(
      options.json === true
        ? `${JSON.stringify({ schemaVersion: 1, command: "doctor", ...report }, null, 2)}\n`
        : renderDoctorText(report, io),
    );
    return ok ? 0 : 1;
  },
};

const order = { error: 0, attention: 1, note: 2 } as const;

function setup(root: string, version: string): DoctorItem[] {
  try {
    return setupItems(root, readManifest(root), version);
  } catch (error) {
    if (!(error instanceof SetupRefused)) throw error;
    return [item("set-up-refused", "error", error.message)];
  }
}

/** A configuration that cannot be read is what the doctor is asked about, not a reason to stop. */
async function workspaceItems(root: string, options: Options, io: Io): Promise<DoctorItem[]> {
  try {
    const read = readWorkspace(root, { cache: options.cache !== false, now: io.now(), ruleIds });
    const items = [...configItems(read), ...documentItems(read), ...(await sessionItems(read, options, io))];
    read.save();
    return items;
  } catch (error) {
    if (!(error instanceof BadConfig)) throw error;
    return [
      item(
        "config-broken",
        "error",
        error.message,
        "correct the file; docs/reference/configuration.md has every key",
      ),
    ];
  }
}

function configItems({ root, workspace }: ReadWorkspace): DoctorItem[] {
  readSuppressions(root);
  const problems = workspace.problems.map(({ rule, message }) =>
    item(rule, "attention", message, "speckit validate --all"),
  );
  const more = problems.slice(3);
  return more.length > 0
    ? [
        ...problems.slice(0, 3),
        item(
          "more-problems",
          "attention",
          `${more.length} more files or keys could not be read.`,
          "speckit validate --all",
        ),
      ]
    : problems;
}

function documentItems({ root, workspace }: ReadWorkspace): DoctorItem[] {
  const { services, constitution } = workspace;
  const without = services.filter(({ features }) => features.length === 0).map(({ name }) => name);
  const items = constitution
    ? []
    : [
        item(
          "constitution-missing",
          "attention",
          "There is no constitution: no principle of the platform is enforced.",
          "speckit init .",
        ),
      ];
  if (services.length === 0) return [...items, item("no-service", "note", "No service was found yet.")];
  return [
    ...items,
    ...(without.length > 0
      ? [
          item(
            "spec-missing",
            "attention",
            `Without a specification: ${listing(without, 4)}.`,
            "speckit init .",
          ),
        ]
      : []),
    ...catalogItems(root, workspace),
  ];
}

function catalogItems(root: string, workspace: ReadWorkspace["workspace"]): DoctorItem[] {
  const { kind } = stateOfCatalog(root, sealed(renderCatalogMarkdown(buildCatalog(workspace))));
  if (kind === "current" || kind === "foreign") return [];
  const is = { missing: "is missing", stale: "is stale", edited: "was edited after it was written" }[kind];
  const fix = `speckit service-catalog${kind === "edited" ? " --force" : ""}`;
  return [item(`catalog-${kind}`, kind === "edited" ? "note" : "attention", `${CATALOG_FILE} ${is}.`, fix)];
}

/** A session that cannot be read is for `budget` to speak of. */
async function sessionItems(read: ReadWorkspace, options: Options, io: Io): Promise<DoctorItem[]> {
  if (!existsSync(io.env.HOME ?? "")) return [];
  try {
    const session = await readSession({ read }, undefined, { ...options, quiet: true }, io);
    return contextAdvice(session).map((advice) =>
      item("session-long", "attention", `${advice}.`, "speckit prune"),
    );
  } catch (error) {
    if (!isExpected(error)) throw error;
    return [];
  }
}
