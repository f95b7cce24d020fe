import { existsSync } from "node:fs";
import { posix } from "node:path";
import { readPrompt } from "../authoring/offline/prompt.ts";
import { domainOf, kebab, slugOf } from "../authoring/offline/words.ts";
import { contractsOf, type Feature, type Workspace } from "../model/workspace.ts";
import { claimFeature, openFeatures, releaseFeature } from "../node/claim-feature.ts";
import { readDraftPrompt } from "../node/draft-records.ts";
import { pathBelow } from "../node/setup/safe-path.ts";
import { writeFirst } from "../node/write-file.ts";
import { authorNamed } from "./authors.ts";
import { type Command, type ExitCode, type Io, type Options, UsageError } from "./command.ts";
import { type ServiceFolder, serviceFolder, unreadable } from "./feature-target.ts";
import { stepAfterSpec } from "./next-step.ts";
import { type OpenWorkspace, openWorkspace } from "./open-workspace.ts";
import { draftOptions, writeDraft } from "./write-draft.ts";

const MOST_CHARACTERS = 20_000;
const WHAT = 'Say it: speckit specify "Create user profile service that depends on auth-service".';

export const specify: Command = {
  name: "specify",
  summary: "The next specification of a service, from a sentence and from what is known",
  arguments: "[prompt...]",
  options: draftOptions,
  examples: [
    'speckit specify "Create user profile service that depends on auth-service for authentication"',
    'speckit specify --service=order-service "Customers can return an order" --json',
    'speckit specify "Export invoices as PDF" --stdout',
    "speckit specify --service=order-service",
  ],

  async run(words, options, io) {
    const prompt = words.join(" ").trim();
    if (prompt.length > MOST_CHARACTERS)
      throw new UsageError(
        `The prompt has ${prompt.length} characters; write at most ${MOST_CHARACTERS}, and put the rest into the specification.`,
      );
    if (prompt !== "" && !/[\p{L}\p{N}]/u.test(prompt))
      throw new UsageError(`'${prompt.slice(0, 40)}' says nothing. ${WHAT}`);
    // A service that has nothing yet is unknown to the workspace; the folder says where it goes.
    const opened = openWorkspace({ ...options, service: undefined, all: undefined }, io);
    opened.read.save();
    // Before a folder is made for somebody who is not there.
    authorNamed(options, { root: opened.read.root, config: opened.read.workspace.config, env: io.env });
    const { subject } = readPrompt(prompt, "", []);
    const folder = serviceFolder(opened, options, `${kebab(subject) || "user"}-service`);
    const { workspace } = opened.read;
    const standing =
      folder.slug !== undefined
        ? featureAt(`${specsOf(folder)}/${folder.slug}`, workspace)
        : prompt === ""
          ? newest(folder.dir, workspace)
          : undefined;
    if (standing?.spec) return (await write(standing, folder, prompt, opened, options, io)).code;
    if (standing && existsSync(pathBelow(opened.read.root, `${standing.dir}/spec.md`)))
      throw unreadable(`${standing.dir}/spec.md`);
    // A service that has a contract shows what it does; for any other somebody has to say it.
    if (prompt === "" && !hasContract(folder, workspace))
      throw new UsageError(`What shall be specified? ${WHAT}`);
    return writeNext(standing, folder, prompt, opened, options, io);
  },
};

/** Writes the first specification of a folder; when somebody else was faster, the next folder is taken. */
async function writeNext(
  standing: Feature | undefined,
  folder: ServiceFolder,
  prompt: string,
  opened: OpenWorkspace,
  options: Options,
  io: Io,
): Promise<ExitCode> {
  const { root, workspace } = opened.read;
  const specs = pathBelow(root, `${specsOf(folder)}/spec.md`).slice(0, -"/spec.md".length);
  const wanted = slugOf(readPrompt(prompt, "", []).subject || domainOf(folder.name));
  for (;;) {
    const slug = standing?.slug ?? (await slugFor(specs, wanted, options));
    const feature = featureAt(`${specsOf(folder)}/${slug}`, workspace);
    try {
      const { code, wasFirst } = await write(feature, folder, prompt, opened, options, io);
      if (!wasFirst) return code;
    } finally {
      releaseFeature(`${specs}/${slug}`);
    }
    if (standing)
      throw new UsageError(
        `Somebody wrote ${feature.dir}/spec.md meanwhile. Look at it, and run the command again to revise it.`,
      );
  }
}

function write(
  feature: Feature,
  { name, dir }: ServiceFolder,
  prompt: string,
  opened: OpenWorkspace,
  options: Options,
  io: Io,
) {
  const { root, workspace } = opened.read;
  const file = posix.join(feature.dir, "spec.md");
  const before = feature.spec ? readDraftPrompt(root, file) : "";
  const asked = before.includes(prompt)
    ? before
    : [before, prompt].filter((text) => text !== "").join("\n\n");
  const assignment = {
    kind: "spec",
    file,
    workspace,
    service: { name, dir },
    feature,
    prompt: asked,
  } as const;
  const next = stepAfterSpec({ name, dir }, workspace, options);
  const first = feature.spec ? undefined : writeFirst;
  return writeDraft({ command: "specify", opened, assignment, next, first }, options, io);
}

function hasContract({ dir }: ServiceFolder, { services }: Workspace): boolean {
  return services.some((service) => service.dir === dir && contractsOf(service).length > 0);
}

function specsOf({ dir }: ServiceFolder): string {
  return dir === "." ? "specs" : `${dir}/specs`;
}

/** A folder that waits for its specification, else the next number; with --stdout nothing is made. */
async function slugFor(specs: string, slug: string, options: Options): Promise<string> {
  const [waiting] = openFeatures(specs);
  if (waiting !== undefined) return waiting;
  return options.stdout === true ? `000-${slug}` : claimFeature(specs, slug);
}

function featureAt(dir: string, { services, features }: Workspace): Feature {
  const known = [...services.flatMap((service) => service.features), ...features].find(
    (feature) => feature.dir === dir,
  );
  return (
    known ?? {
      slug: posix.basename(dir),
      dir,
      spec: undefined,
      plan: undefined,
      tasks: undefined,
      summaries: [],
    }
  );
}

/** The last specification of a service: what is revised when nothing new is asked for. */
function newest(dir: string, { services, features }: Workspace): Feature | undefined {
  const own = services.find((service) => service.dir === dir)?.features ?? features;
  return own.filter(({ spec }) => spec).at(-1);
}
