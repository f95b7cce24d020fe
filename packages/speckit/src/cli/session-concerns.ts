import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { impactOf } from "../impact/impact.ts";
import { compareText, type Place } from "../model/location.ts";
import { contractsOf, type Feature, type Workspace } from "../model/workspace.ts";
import { blobId } from "../node/git.ts";
import type { ReadWorkspace } from "../node/read-workspace.ts";
import type { SessionDigest } from "../tokens/session-digest.ts";
import type { Concern, FeatureState, SessionSummary, TouchedFile } from "../tokens/session-summary.ts";

type Concerns = Pick<
  SessionSummary,
  "files" | "outside" | "features" | "contracts" | "operations" | "scenarios" | "affected"
>;

/** What the files that a session touched have to do with in the workspace as it is now. `cwd` is where the agent stood. */
export function sessionConcerns(
  digest: SessionDigest,
  read: ReadWorkspace,
  cwd: string | undefined,
): Concerns {
  const { root, workspace } = read;
  const touched = new Map<string, TouchedFile>();
  let outside = 0;
  for (const [path, { edits, reads }] of digest.files) {
    const file = pathInside(root, path, cwd);
    if (file === undefined) {
      outside += edits > 0 ? 1 : 0;
      continue;
    }
    // An agent may name one file in several ways: by its path from the root, and by that from where it stands.
    const known = touched.get(file) ?? { file, hash: hashOf(join(root, file)), edits: 0, reads: 0 };
    touched.set(file, { ...known, edits: known.edits + edits, reads: known.reads + reads });
  }
  const files = [...touched.values()].sort((a, b) => compareText(a.file, b.file));
  const edited = files.filter(({ edits }) => edits > 0).map(({ file }) => file);
  return {
    files,
    outside,
    features: featuresOf(workspace, edited.length > 0 ? edited : files.map(({ file }) => file)),
    contracts: contractsAmong(workspace, edited),
    ...reached(edited, read),
  };
}

/** A path below the workspace's root as its files are named; undefined for others. */
export function pathInside(root: string, path: string, cwd: string | undefined): string | undefined {
  const from = cwd !== undefined && isAbsolute(cwd) ? cwd : root;
  const file = relative(root, isAbsolute(path) ? path : resolve(from, path));
  return file === "" || file.startsWith("..") || isAbsolute(file) ? undefined : file.split(sep).join("/");
}

function hashOf(path: string): string | undefined {
  try {
    return existsSync(path) ? blobId(readFileSync(path)).slice(0, 8) : undefined;
  } catch {
    return undefined;
  }
}

function featuresOf({ services, features }: Workspace, files: readonly string[]): FeatureState[] {
  const within = (dir: string) => files.some((file) => dir === "." || file.startsWith(`${dir}/`));
  return [
    ...services
      .filter(({ dir }) => within(dir))
      .flatMap((service) => service.features.map((feature) => stateOf(feature, service.name))),
    ...features.filter(({ dir }) => within(dir)).map((feature) => stateOf(feature, undefined)),
  ];
}

function stateOf({ dir, spec, plan, tasks }: Feature, service: string | undefined): FeatureState {
  const counted = tasks?.tasks.filter(({ state }) => state !== "dropped") ?? [];
  const open = counted.filter(({ state }) => state === "open");
  return {
    service,
    dir,
    scenarios: spec?.scenarios.length,
    clarifications: spec?.clarifications.map(({ text }) => text) ?? [],
    planned: plan !== undefined,
    tasks: tasks && {
      done: counted.length - open.length,
      total: counted.length,
      next: open.slice(0, 3).map(({ id, title }) => (id.startsWith("#") ? title : `${id} ${title}`)),
    },
  };
}

function contractsAmong({ services, sharedContracts }: Workspace, files: readonly string[]): string[] {
  const contracts = new Set([...services.flatMap(contractsOf), ...sharedContracts].map(({ file }) => file));
  return files.filter((file) => contracts.has(file));
}

interface Named {
  readonly name: string;
  readonly at: Place;
}

/** The scenarios of the services whose files these are, by story, where no scenario names what was edited. */
function storiesOf({ services }: Workspace, files: readonly string[]): Named[] {
  return services
    .filter(({ dir }) => files.some((file) => dir === "." || file.startsWith(`${dir}/`)))
    .flatMap(({ features }) => features.flatMap(({ spec }) => spec?.stories ?? []))
    .map(({ id, title, at }) => ({ name: title.startsWith(id) ? title : `${id} ${title}`, at }));
}

function reached(
  files: readonly string[],
  { workspace, locate }: ReadWorkspace,
): Pick<Concerns, "operations" | "scenarios" | "affected"> {
  const impacts = files.flatMap((file) => impactOf(workspace, file, file) ?? []);
  const items = impacts.flatMap((impact) => impact.items);
  const located = (wanted: readonly Named[]) => {
    const places = locate(wanted.map(({ at }) => at));
    const concerns = wanted.map(({ name }, index): Concern => {
      const { file = "", line = 1 } = places[index] ?? {};
      return { name, file, line };
    });
    return [...new Map(concerns.map((concern) => [`${concern.file}:${concern.line}`, concern])).values()];
  };
  const named = (...kinds: string[]) => located(items.filter(({ kind }) => kinds.includes(kind)));
  const scenarios = named("scenario");
  return {
    operations: named("operation", "event"),
    scenarios: scenarios.length > 0 ? scenarios : located(storiesOf(workspace, files)),
    affected: [...new Set(impacts.flatMap(({ affected }) => affected.map(({ service }) => service)))].sort(
      compareText,
    ),
  };
}
