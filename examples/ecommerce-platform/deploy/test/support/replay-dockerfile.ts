import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { letsThrough } from "./docker-ignore.ts";
import { instructionsOf } from "./dockerfile.ts";

/** What a Dockerfile makes, in a folder that stands for the root of the image. */
export interface ReplayedImage {
  readonly root: string;
  readonly workdir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly user: number;
  readonly healthcheck: readonly string[];
  readonly command: readonly string[];
}

interface Stage {
  readonly root: string;
  workdir: string;
  readonly environment: Record<string, string>;
  user: number;
  healthcheck: string[];
  command: string[];
}

/**
 * Does what a Dockerfile says without a container engine: copies what the builder would see of `context`, and runs what it runs, with this
 * machine's Node in place of the base image. Throws when a step fails.
 */
export function replayDockerfile(
  text: string,
  context: string,
  scratch: string,
  say: (step: string) => void,
): ReplayedImage {
  const ignore = fs.readFileSync(path.join(context, ".dockerignore"), "utf8");
  const stages = new Map<string, Stage>();
  let stage: Stage | undefined;
  for (const line of instructionsOf(text)) {
    const [instruction = ""] = line.split(" ", 1);
    const rest = line.slice(instruction.length).trim();
    say(line.length > 110 ? `${line.slice(0, 109)}…` : line);
    if (instruction === "FROM") {
      stage = begin(rest, stages, scratch);
      continue;
    }
    if (!stage) throw new Error("A Dockerfile begins with FROM.");
    apply(instruction, rest, stage, { ignore, context, stages });
  }
  if (!stage) throw new Error("The Dockerfile is empty.");
  return stage;
}

function begin(rest: string, stages: Map<string, Stage>, scratch: string): Stage {
  const [from = "", , name = `stage-${stages.size}`] = rest.split(/\s+/);
  const root = path.join(scratch, name);
  const base = stages.get(from);
  if (base) fs.cpSync(base.root, root, { recursive: true, verbatimSymlinks: true });
  else fs.mkdirSync(root);
  const stage = {
    root,
    workdir: base?.workdir ?? "/",
    environment: {},
    user: 0,
    healthcheck: [],
    command: [],
  };
  stages.set(name, stage);
  return stage;
}

interface Surroundings {
  readonly ignore: string;
  readonly context: string;
  readonly stages: ReadonlyMap<string, Stage>;
}

function apply(instruction: string, rest: string, stage: Stage, around: Surroundings): void {
  const inside = (file: string) => path.join(stage.root, path.posix.resolve(stage.workdir, file));
  switch (instruction) {
    case "WORKDIR":
      stage.workdir = path.posix.resolve(stage.workdir, rest);
      fs.mkdirSync(inside("."), { recursive: true });
      return;
    case "COPY":
      copy(rest.split(/\s+/), inside, around);
      return;
    case "RUN": {
      const { status } = spawnSync("sh", ["-c", rest], {
        cwd: inside("."),
        stdio: ["ignore", "ignore", "inherit"],
      });
      if (status !== 0) throw new Error(`RUN ${rest} ended with ${status}.`);
      return;
    }
    case "ENV":
      for (const pair of rest.split(/\s+/))
        stage.environment[pair.split("=", 1)[0] ?? ""] = pair.slice(pair.indexOf("=") + 1);
      return;
    case "USER":
      stage.user = Number.parseInt(rest, 10);
      return;
    case "HEALTHCHECK":
      stage.healthcheck = JSON.parse(rest.slice(rest.indexOf("[")));
      return;
    case "CMD":
      stage.command = JSON.parse(rest);
      return;
    case "EXPOSE":
    case "STOPSIGNAL":
      return;
    default:
      throw new Error(`Nobody knows how to replay ${instruction}.`);
  }
}

function copy(
  words: readonly string[],
  inside: (file: string) => string,
  { ignore, context, stages }: Surroundings,
): void {
  const from = words[0]?.startsWith("--from=") ? stages.get(words[0].slice("--from=".length)) : undefined;
  const sources = words.slice(from ? 1 : 0, -1);
  const target = words.at(-1) ?? "";
  for (const source of sources) {
    const place = path.join(from?.root ?? context, source);
    const isFolder = fs.statSync(place).isDirectory();
    const to = isFolder
      ? inside(target)
      : target.endsWith("/")
        ? path.join(inside(target), path.basename(source))
        : inside(target);
    fs.mkdirSync(isFolder ? to : path.dirname(to), { recursive: true });
    const seen = (file: string) => {
      if (from) return true;
      const name = path.relative(context, file).replaceAll(path.sep, "/");
      return fs.statSync(file).isDirectory() || letsThrough(ignore, name);
    };
    fs.cpSync(place, to, { recursive: isFolder, verbatimSymlinks: true, filter: seen });
  }
}
