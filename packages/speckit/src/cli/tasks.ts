import { posix } from "node:path";
import type { Command } from "./command.ts";
import { featureTarget } from "./feature-target.ts";
import { openWorkspace } from "./open-workspace.ts";
import { unaskedOperations } from "./unasked-operations.ts";
import { draftOptions, writeDraft } from "./write-draft.ts";

export const tasks: Command = {
  name: "tasks",
  summary: "What is to be done, in order: tasks.md from plan, spec and contracts",
  options: draftOptions,
  examples: ["speckit tasks", "speckit tasks --service=user-service --stdout", "speckit tasks --json"],

  async run(_, options, io) {
    const opened = openWorkspace(options, io);
    const { read } = opened;
    const { service, feature } = featureTarget(opened, "tasks");
    const { workspace } = read;
    read.save();
    const file = posix.join(feature.dir, "tasks.md");
    const assignment = { kind: "tasks", file, workspace, service, feature, prompt: "" } as const;
    const unasked = unaskedOperations(read.root, assignment);
    const next = `speckit implement${options.service === undefined ? "" : ` --service=${service.name}`}`;
    return (await writeDraft({ command: "tasks", opened, assignment, next, unasked }, options, io)).code;
  },
};
